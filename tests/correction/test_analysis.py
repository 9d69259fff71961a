"""Examining figures: findings become items, or go back."""

import pytest

from runut.collection.models import SheetState
from runut.correction import actions
from runut.correction.models import Analysis
from runut.lib.errors import Denied, Refused
from runut.sop.actions import start_run
from runut.sop.models import RunState, Task
from tests.collection import builders as forms
from tests.correction import builders
from tests.harness.scenes import scene
from tests.sop.play import install, open_task


def examine(cast, run, notes, who=None, *, step="teliti", **more):
    given = {figure.pk: note for figure, note in notes.items()}
    task = open_task(run, step)
    return actions.analyse(task_id=task.pk, by=cast.actor(who or cast.camat), notes=given, **more)


@scene
def case(office, kintom):
    return builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")


@pytest.mark.requirement("R-KINTOM-10", "R-KINTOM-11")
def test_what_the_camat_finds_becomes_an_item_with_its_present_value(office, kintom, case):
    found = actions.Note(text="Naik tajam", flagged=True, what="salah satuan")
    examine(office, case.run, {kintom.fb: found})

    item = case.items.get(figure=kintom.fb)
    assert (item.what, item.field, item.before) == ("salah satuan", "realisasi", builders.now_of(kintom.fb))
    assert case.items.count() == 2
    assert open_task(case.run, "perintah")


def test_figures_found_right_leave_the_case_when_the_person_says_so(office, kintom, case):
    found = actions.Note(flagged=True, what="salah satuan")
    examine(office, case.run, {kintom.fb: found}, drop_unflagged=True)

    assert [item.figure for item in case.items.all()] == [kintom.fb]


def test_a_case_about_nothing_is_refused(office, kintom, case):
    with pytest.raises(Refused, match="Tandai paling sedikit satu"):
        examine(office, case.run, {}, drop_unflagged=True)
    assert case.items.count() == 1


def test_a_mark_says_what_is_wrong(office, kintom, case):
    with pytest.raises(Refused, match="Tulis apa yang keliru"):
        examine(office, case.run, {kintom.fb: actions.Note(flagged=True)})


def test_notes_are_kept_and_count_at_the_end(office, kintom, case):
    task = open_task(case.run, "teliti")
    note = actions.Note(flagged=True, what="salah satuan")
    actions.save_notes(task_id=task.pk, by=office.actor(office.camat), notes={kintom.fb.pk: note})
    examine(office, case.run, {})

    assert case.items.filter(figure=kintom.fb).exists()


def test_only_the_camat_examines(office, kintom, case):
    task = open_task(case.run, "teliti")

    with pytest.raises(Denied):
        actions.save_notes(task_id=task.pk, by=office.actor(office.staf), notes={kintom.fb.pk: actions.Note("x")})


def test_a_figure_of_another_collection_is_refused(office, kintom, case):
    other = builders.signed(office, office.units[2:3]).period.figures.first()

    with pytest.raises(Refused, match="bukan bagian dari pengumpulan ini"):
        examine(office, case.run, {other: actions.Note("x")})


@scene
def kemlagi(office, frozen_time):
    return collected(office, "84")


def collected(office, first):
    """Kemlagi's collection at its fourth step: run, and the two sections' first figures, which are `first`."""
    units = office.units[2:4]
    forms.give_indicators(office, units=units)
    run = start_run(sop=install(office, "kemlagi"), by=office.actor(office.camat), title="Pengumpulan")
    builders.give_order(office, run, of=builders.order(office, team={}))
    forms.prepare(office, run, units, everybody=office.units)
    forms.distribute(office, run, "sampaikan", office.sekretaris)
    for unit in units:
        forms.fill_in(office, run, unit, first, "90", who=builders.head_of(office, unit))
    builders.do(office, run, "himpun", office.staf)
    return run, [builders.figures(run, unit)[0] for unit in units]


@pytest.mark.requirement("R-KEMLAGI-25")
def test_each_figure_is_analysed_and_the_quarter_ends(office, kemlagi):
    run, figures = kemlagi
    notes = {figures[0]: actions.Note("Naik karena antrean daring", "Pertahankan")}
    result = examine(office, run, notes, office.kasubag, step="analisis", outcome="quarter_done")

    row = Analysis.objects.get(figure=figures[0])
    assert (row.text, row.follow_up) == ("Naik karena antrean daring", "Pertahankan")
    assert result.run_state == RunState.DONE


def test_what_missed_its_target_is_analysed_before_the_examination_ends(office, frozen_time):
    run, figures = collected(office, "60")

    with pytest.raises(Refused, match="belum mencapai target: Nilai kepuasan"):
        examine(office, run, {figures[0]: actions.Note("x")}, office.kasubag, step="analisis", outcome="quarter_done")
    notes = {figure: actions.Note("Survei tertunda") for figure in figures}
    result = examine(office, run, notes, office.kasubag, step="analisis", outcome="quarter_done")
    assert result.run_state == RunState.DONE


def test_marked_figures_of_a_collection_go_back_to_their_unit(office, kemlagi):
    run, figures = kemlagi
    notes = {figures[0]: actions.Note(flagged=True, what="cek satuannya")}
    with pytest.raises(Refused, match="Kembalikan angka itu"):
        examine(office, run, notes, office.kasubag, step="analisis")
    examine(office, run, notes, office.kasubag, step="analisis", outcome="return", reason="Ada yang keliru")

    back, other = (forms.sheet_of(run, unit) for unit in office.units[2:4])
    assert (back.state, other.state) == (SheetState.RETURNED, SheetState.SUBMITTED)
    line = back.lines.get(figure=figures[0])
    assert (line.editable, line.verdict_note) == (True, "cek satuannya")
    assert [t.branch.unit for t in Task.objects.filter(run=run, step="isi", state="open")] == [office.units[2]]
    assert not Analysis.objects.filter(flagged=True).exists()


def test_a_return_without_a_mark_is_refused(office, kemlagi):
    run, _figures = kemlagi

    with pytest.raises(Refused, match="Tandai dulu"):
        examine(office, run, {}, office.kasubag, step="analisis", outcome="return", reason="Ada yang keliru")
