"""What upper rooms do to sheets: another round, a correction's own sheets, moving on."""

import re
from decimal import Decimal

import pytest

from runut.audit.models import Entry
from runut.collection import actions
from runut.collection.models import Line, Mark, MarkKind, Period, Sheet, SheetKind, SheetState, Value
from runut.collection.queries import rows_of, rows_of_run, sheet_hash
from runut.lib.errors import Refused
from runut.sop.models import Paraf, Run
from tests.collection import builders
from tests.collection.builders import fill_in, key_of, review, sheet_of, type_in
from tests.harness.scenes import scene
from tests.sop.play import act, open_task


@scene
def validated(office, people):
    """Both forms validated; the recap is open."""
    for person in (people.a, people.b):
        fill_in(office, people.run, person)
        review(office, people.run, person, people.kasi)
    return people


def _send_back(office, people):
    task = open_task(people.run, "himpun")
    act(task, office.actor(office.staf), "return", chosen=[people.a.pk], reason="Keliru.")


def _reopen(office, people, **more):
    return actions.reopen_sheets(
        run=people.run, members=[key_of(people.a)], by=office.actor(office.camat), reason="Angka keliru.", **more
    )


def test_a_reopened_sheet_may_be_edited_in_the_noted_lines_only(office, validated):
    figure = validated.sheet.lines.get(figure__no=2).figure

    [sheet] = _reopen(office, validated, notes={figure.pk: "Bukti menunjukkan 88."})

    lines = sheet.lines.order_by("figure__no").values_list("editable", "verdict_note")
    assert (sheet.state, sheet.round) == (SheetState.RETURNED, 2)
    assert list(lines) == [(False, ""), (True, "Bukti menunjukkan 88.")]
    assert Entry.objects.filter(event="sheet.returned", payload__reason="Angka keliru.").count() == 1


def test_a_form_that_came_back_stands_against_what_was_handed_in_last(office, validated):
    """Not against what an earlier round had replaced already."""
    first = Value.objects.get(figure=validated.sheet.lines.get(figure__no=2).figure)
    actions.append_value(
        figure=first.figure, by=office.actor(validated.a), amount=Decimal("96.1"), cause="Salah bulan.",
        reason="Putaran 2.", sheet=validated.sheet,
    )  # fmt: skip
    validated.sheet.lines.filter(figure=first.figure).update(amount=Decimal("96.1"))
    [handed_in] = [row.earlier for row in rows_of(validated.sheet) if row.figure == first.figure]

    _reopen(office, validated)

    [row] = [row for row in rows_of(Sheet.objects.get(pk=validated.sheet.pk)) if row.figure == first.figure]
    assert (handed_in, row.earlier.amount) == (first, Decimal("96.1"))


def test_without_a_choice_every_line_of_a_reopened_sheet_may_be_edited(office, validated):
    [sheet] = _reopen(office, validated)

    assert set(sheet.lines.values_list("editable", "verdict_note")) == {(True, "Angka keliru.")}


def test_reopening_voids_the_paraf_visibly_and_for_that_sheet_only(office, validated):
    _reopen(office, validated)

    voided = Paraf.objects.filter(voided_at__isnull=False)
    assert [p.task.branch.member for p in voided] == [key_of(validated.a)]
    assert voided.get().void_reason == "Angka keliru."


def test_reopening_needs_a_reason_and_known_members(office, validated):
    by = office.actor(office.camat)
    with pytest.raises(Refused, match="alasan pengembalian"):
        actions.reopen_sheets(run=validated.run, members=[key_of(validated.a)], by=by, reason=" ")
    with pytest.raises(Refused, match="tidak ada dalam SOP ini"):
        actions.reopen_sheets(run=validated.run, members=["p0"], by=by, reason="Keliru.")


def test_sheets_are_signed_only_when_all_are_validated(office, people):
    fill_in(office, people.run, people.a)
    fill_in(office, people.run, people.b)
    review(office, people.run, people.a, people.kasi)

    with pytest.raises(Refused, match=f"Formulir {people.b.full_name} masih diajukan"):
        actions.move_sheets(run=people.run, state=SheetState.SIGNED, by=office.actor(office.camat))

    review(office, people.run, people.b, people.kasi)
    moved = actions.move_sheets(run=people.run, state=SheetState.SIGNED, by=office.actor(office.camat))
    assert moved == 2
    assert actions.move_sheets(run=people.run, state=SheetState.SIGNED, by=office.actor(office.camat)) == 0
    assert set(Sheet.objects.values_list("state", flat=True)) == {SheetState.SIGNED}


def test_a_procedure_without_review_signs_what_was_handed_in(office, frozen_time):
    unit = office.units[2]
    builders.give_indicators(office, units=[unit])
    run = builders.start(office, "kemlagi", by=office.camat)
    act(open_task(run, "perintah"), office.actor(office.camat))
    builders.prepare(office, run, [unit], everybody=office.units)
    builders.distribute(office, run, "sampaikan", by=office.sekretaris)
    fill_in(office, run, unit, who=office.kasi[0])

    moved = actions.move_sheets(run=run, state=SheetState.SIGNED, by=office.actor(office.camat))

    assert moved == 1


def _sign(office, people):
    values = [row.value for row in rows_of_run(people.run)]
    actions.mark_values(values=values, kind=MarkKind.SIGNED, by=office.actor(office.camat), basis="Rekap v1")
    actions.move_sheets(run=people.run, state=SheetState.SIGNED, by=office.actor(office.camat))


def test_a_figure_that_was_signed_changes_with_cause_and_reason_only(office, validated):
    _sign(office, validated)
    _send_back(office, validated)
    figure = validated.sheet.lines.get(figure__no=2).figure
    _reopen(office, validated, notes={figure.pk: "Bukti menunjukkan 88."})
    type_in(office, sheet_of(validated.run, validated.a), validated.a, None, "88")

    with pytest.raises(Refused, match="tulis penyebab kesalahannya"):
        builders.submit(office, validated.run, validated.a)
    fill = {"cause": "Salah bulan.", "reason": "Rekap April dipakai."}
    type_in(office, sheet_of(validated.run, validated.a), validated.a, None, "88", **fill)
    builders.submit(office, validated.run, validated.a)

    new = Value.objects.get(figure=figure, no=2)
    assert (new.amount, new.cause, new.reason, new.supersedes.no) == (88, "Salah bulan.", "Rekap April dipakai.", 1)


def test_the_paraf_of_the_old_content_is_not_one_of_the_new(office, validated):
    before = sheet_hash(validated.sheet)
    _reopen(office, validated)
    _send_back(office, validated)
    fill_in(office, validated.run, validated.a, "80", None)
    review(office, validated.run, validated.a, validated.kasi)

    assert sheet_hash(validated.sheet) != before
    assert Paraf.objects.filter(voided_at__isnull=True, data_hash=sheet_hash(validated.sheet)).count() == 1


@pytest.fixture
def wrong(office, validated):
    """A correction run with a sheet for one wrong figure of a signed collection."""
    _sign(office, validated)
    period = Period.objects.get()
    run = Run.objects.create(
        instansi=office.instansi, office=office.office, version=validated.run.version, title="Perbaikan",
        started_at=period.opened_at, started_by=office.camat,
    )  # fmt: skip
    figure = validated.sheet.lines.get(figure__no=2).figure
    value = Value.objects.get(figure=figure)
    return run, period, figure, value


def test_a_correction_has_a_sheet_of_its_own_with_only_the_wrong_lines(office, validated, wrong):
    run, period, figure, value = wrong

    [sheet] = actions.make_correction_sheets(
        run=run, period=period, by=office.actor(office.camat), items=[(key_of(office.kasubag), figure, value)]
    )

    [row] = rows_of(sheet)
    assert (sheet.kind, sheet.pegawai, sheet.state) == (SheetKind.CORRECTION, office.kasubag, SheetState.DRAFT)
    assert (row.figure, row.before, row.value, row.line.amount, row.needs_cause) == (figure, value, value, None, True)
    assert validated.sheet.lines.count() == 2


def test_making_correction_sheets_again_adds_what_is_missing(office, validated, wrong):
    run, period, figure, value = wrong
    other = validated.sheet.lines.get(figure__no=1).figure
    by, member = office.actor(office.camat), key_of(office.kasubag)
    actions.make_correction_sheets(run=run, period=period, by=by, items=[(member, figure, value)])

    more = (member, other, Value.objects.get(figure=other))
    [sheet] = actions.make_correction_sheets(run=run, period=period, by=by, items=[(member, figure, value), more])

    assert (Sheet.objects.filter(run=run).count(), sheet.lines.count()) == (1, 2)


def test_a_figure_is_repaired_by_one_person(office, wrong):
    run, period, figure, value = wrong
    items = [(key_of(office.kasubag), figure, value), (key_of(office.staf), figure, value)]

    with pytest.raises(Refused, match="hanya diperbaiki oleh satu orang"):
        actions.make_correction_sheets(run=run, period=period, by=office.actor(office.camat), items=items)

    assert Line.objects.filter(sheet__run=run).count() == 0


def test_a_decided_value_supersedes_the_present_one_and_says_why(office, validated, wrong):
    _run, _period, figure, value = wrong
    by = office.actor(office.camat)
    with pytest.raises(Refused, match="tulis penyebab"):
        actions.append_value(figure=figure, by=by, amount=Decimal(88), cause="", reason="")

    new = actions.append_value(figure=figure, by=by, amount=Decimal(88), cause="Salah bulan.", reason="Rapat 3 Maret.")

    assert (new.no, new.supersedes, new.target, new.by_title) == (2, value, value.target, by.title)
    entry = Entry.objects.get(event="value.appended")
    assert (entry.payload["before"]["amount"], entry.payload["after"]["amount"]) == ("90", "88")


def test_marks_are_logged_once_for_a_whole_period(office, validated):
    _sign(office, validated)

    assert Mark.objects.filter(kind=MarkKind.SIGNED).count() == 4
    entry = Entry.objects.get(event="values.signed")
    assert (len(entry.payload["after"]["values"]), entry.payload["after"]["basis"]) == (4, "Rekap v1")


def test_whoever_checks_a_form_once_more_reads_in_the_task_list_what_changed(office, people, client_for):
    def row(who):
        page = client_for(who).get("/tugas/").text.split('<ul class="tasks">')[1].split("</ul>")[0]
        rows = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in page.split("</li>")]
        return next(row for row in rows if who == people.a or people.a.full_name in row)

    fill_in(office, people.run, people.a, "84,75", "90")
    first = row(people.kasi)
    review(office, people.run, people.a, people.kasi, "return", {1: "Satuan keliru."})
    returned = row(people.a)
    fill_in(office, people.run, people.a, None, "88,5")

    name = people.sheet.lines.get(figure__no=2).figure.indicator.name
    told = row(people.kasi)
    assert "Berubah sejak" not in first and "Berubah sejak" not in returned
    assert "putaran 2" in told and f"Berubah sejak putaran sebelumnya: {name} 90 → 88,5." in told
