"""Judging a sheet."""

from datetime import timedelta

import pytest

from runut.audit.models import Entry
from runut.collection.models import Mark, MarkKind, Remark, Sheet, SheetState, Verdict
from runut.collection.queries import notes_of, sheet_hash
from runut.lib.errors import Denied, Refused, Stale
from runut.sop.actions import hand_over
from runut.sop.models import Paraf
from tests.collection import builders
from tests.collection.builders import fill_in, review, sheet_of
from tests.harness.scenes import scene
from tests.sop.play import LIBRARY, install, open_task


@scene
def handed_in(office, people):
    fill_in(office, people.run, people.a)
    return people


@pytest.mark.requirement("R-INSP-13")
def test_the_direct_superior_declares_the_data_right_and_initials_them(office, handed_in):
    task = open_task(handed_in.run, "periksa", f"p{handed_in.a.pk}")

    review(office, handed_in.run, handed_in.a, handed_in.kasi)

    assert task.due_at - task.opened_at == timedelta(minutes=15)
    handed_in.sheet.refresh_from_db()
    paraf = Paraf.objects.get()
    assert (handed_in.sheet.state, handed_in.sheet.validated_by) == (SheetState.VALIDATED, handed_in.kasi)
    assert (paraf.pegawai, paraf.data_hash) == (handed_in.kasi, sheet_hash(handed_in.sheet))
    assert Mark.objects.filter(kind=MarkKind.VALIDATED, by=handed_in.kasi).count() == 2
    assert set(handed_in.sheet.lines.values_list("verdict", flat=True)) == {Verdict.FINE}
    assert Entry.objects.get(event="sheet.validated").payload["after"]["data_hash"] == paraf.data_hash


def test_what_is_written_of_a_line_that_is_fine_stays_beside_its_figure(office, handed_in, client_for):
    client, address = client_for(handed_in.kasi), f"/validasi/{handed_in.sheet.pk}/"
    [first, _second] = handed_in.sheet.lines.order_by("figure__no")
    page = client.get(address)
    shown = {"data_hash": page.context["data_hash"], "key": page.context["page"].key}

    client.post(address, {**shown, "act": "complete", f"verdict-{first.pk}": "fine", f"note-{first.pk}": "Naik wajar."})

    handed_in.sheet.refresh_from_db()
    remark = Remark.objects.get()
    assert handed_in.sheet.state == SheetState.VALIDATED
    assert (remark.figure_id, remark.by, remark.text) == (first.figure_id, handed_in.kasi, "Naik wajar.")
    assert "Naik wajar." in client_for(handed_in.a).get(f"/isian/{handed_in.sheet.pk}/baris/{first.pk}/").text


@pytest.mark.requirement("R-INSP-9")
def test_a_superior_judges_direct_subordinates_only(office, handed_in):
    for stranger in (office.kasi[1], office.camat, office.sekretaris, handed_in.b):
        with pytest.raises(Denied):
            review(office, handed_in.run, handed_in.a, stranger)


@pytest.mark.requirement("R-INSP-14")
def test_a_return_names_each_cell_keeps_the_round_and_locks_the_rest(office, handed_in):
    review(office, handed_in.run, handed_in.a, handed_in.kasi, "return", {1: "Bukti tidak cocok."})

    handed_in.sheet.refresh_from_db()
    lines = handed_in.sheet.lines.order_by("figure__no").values_list("editable", "verdict", "verdict_note")
    assert (handed_in.sheet.state, handed_in.sheet.round) == (SheetState.RETURNED, 2)
    assert list(lines) == [(False, "fine", ""), (True, "noted", "Bukti tidak cocok.")]
    task = open_task(handed_in.run, "isi", f"p{handed_in.a.pk}")
    assert (task.round, task.return_reason) == (2, "Berkas selesai tepat waktu: Bukti tidak cocok.")
    entry = Entry.objects.get(event="sheet.returned")
    assert entry.payload["reason"] == task.return_reason
    assert Mark.objects.count() == Paraf.objects.count() == 0


def test_every_round_keeps_its_notes(office, handed_in):
    for no, note in enumerate(("Satuan keliru.", "Masih keliru."), 1):
        review(office, handed_in.run, handed_in.a, handed_in.kasi, "return", {1: note})
        fill_in(office, handed_in.run, handed_in.a, None, str(80 + no))

    [notes] = notes_of(handed_in.sheet).values()

    assert [note.text for note in notes] == ["Masih keliru.", "Satuan keliru."]
    assert notes[0].who == handed_in.kasi.full_name


@pytest.mark.parametrize(
    ("outcome", "notes", "words"),
    [
        ("return", {}, "Pilih paling sedikit satu baris"),
        ("return", {0: "  "}, "Tulis catatan untuk “Nilai kepuasan masyarakat"),
        ("complete", {0: "Satuan keliru."}, "Masih ada 1 catatan"),
    ],
)
def test_verdict_and_outcome_must_agree(office, handed_in, outcome, notes, words):
    with pytest.raises(Refused, match=words):
        review(office, handed_in.run, handed_in.a, handed_in.kasi, outcome, notes)

    handed_in.sheet.refresh_from_db()
    assert handed_in.sheet.state == SheetState.SUBMITTED


def test_what_changed_since_the_page_was_opened_is_looked_at_again(office, handed_in):
    with pytest.raises(Stale, match="Data berubah sejak halaman ini Anda buka"):
        review(office, handed_in.run, handed_in.a, handed_in.kasi, data_hash="0" * 64)


def test_the_same_click_again_validates_once(office, handed_in):
    task = open_task(handed_in.run, "periksa", f"p{handed_in.a.pk}")
    from runut.collection.actions import review_sheet

    again = {"task_id": task.pk, "by": office.actor(handed_in.kasi), "outcome": "complete", "verdicts": {}, "key": "k"}
    first, second = review_sheet(**again), review_sheet(**again)

    assert first == second
    assert Mark.objects.count() == 2


def test_nobody_judges_a_unit_s_data_that_one_handed_in(office, frozen_time):
    """The Sekretaris heads the Sekretariat, hands its form in, and would be its reviewer too."""
    secretariat = office.units[0]
    run = builders.collection_of_units(office, [secretariat])
    fill_in(office, run, secretariat, who=office.sekretaris)

    with pytest.raises(Denied, match="data yang Anda isi sendiri"):
        review(office, run, secretariat, office.sekretaris)


def test_a_late_verdict_asks_for_a_reason_and_goes_on(office, handed_in, frozen_time):
    frozen_time.shift(timedelta(days=7))
    with pytest.raises(Refused, match="keterlambatan"):
        review(office, handed_in.run, handed_in.a, handed_in.kasi)

    review(office, handed_in.run, handed_in.a, handed_in.kasi, late_reason="Dinas luar.")

    assert sheet_of(handed_in.run, handed_in.a).state == SheetState.VALIDATED


def test_the_recap_opens_when_the_last_form_is_validated(office, people):
    for person in (people.a, people.b):
        fill_in(office, people.run, person)
    first = review(office, people.run, people.a, people.kasi)
    last = review(office, people.run, people.b, people.kasi)

    assert first.opened == []
    assert last.opened == [open_task(people.run, "himpun").pk]
    assert set(Sheet.objects.values_list("state", flat=True)) == {SheetState.VALIDATED}


def test_verification_is_another_act_than_validation(office, units):
    """Pengumpulan per unit has the Sekretaris verify; Inspektorat has the superior validate."""
    fill_in(office, units.run, units.unit, who=units.kasi)

    review(office, units.run, units.unit, office.sekretaris)

    assert set(Mark.objects.values_list("kind", flat=True)) == {MarkKind.VERIFIED}
    assert Entry.objects.filter(event="sheet.verified").count() == 1
    assert not Entry.objects.filter(event="sheet.validated").exists()


def test_a_procedure_may_have_both_one_after_the_other(office, frozen_time):
    text = (LIBRARY / "pengumpulan-unit.yaml").read_text(encoding="utf-8")
    text = text.replace("act: verifikasi", "act: validasi").replace(
        "    outcomes:\n      complete: himpun\n      return: isi\n",
        "    outcomes:\n      complete: cocokkan\n      return: isi\n"
        "  - id: cocokkan\n    printed_no: 4\n    text: Mencocokkan data dengan bukti\n    lane: kepala\n"
        "    work: review\n    act: verifikasi\n    each: unit\n    needs: [Formulir terisi]\n"
        "    output: Data cocok dengan bukti\n    outcomes:\n      complete: himpun\n      return: isi\n",
        1,
    )
    unit = office.units[2]
    builders.give_indicators(office, units=[unit])
    install(office, "pengumpulan-unit", text)
    run = builders.start_again(office, "pengumpulan-unit")
    builders.prepare(office, run, [unit], everybody=office.units)
    builders.distribute(office, run)
    fill_in(office, run, unit, who=office.kasi[0])

    review(office, run, unit, office.sekretaris)
    review(office, run, unit, office.camat, step="cocokkan")

    marks = Mark.objects.order_by("pk").values_list("kind", "by").distinct()
    assert set(marks) == {("validated", office.sekretaris.pk), ("verified", office.camat.pk)}
    assert sheet_of(run, unit).state == SheetState.VALIDATED
    assert open_task(run, "himpun").work == "compile"


@scene
def filled_by_two(office, units):
    """A line of the unit's form was written by the Sekretaris while he stood in; the Kasi handed it in."""
    fill_in(office, units.run, units.unit, who=units.kasi)
    units.sheet.lines.filter(figure__no=1).update(edited_by=office.sekretaris)
    return units


def test_who_filled_in_a_part_is_warned_and_the_log_keeps_it(office, filled_by_two, client_for):
    page = client_for(office.sekretaris).get(f"/validasi/{filled_by_two.sheet.pk}/").text

    review(office, filled_by_two.run, filled_by_two.unit, office.sekretaris)

    assert "Anda ikut mengisi formulir ini." in page
    assert Entry.objects.get(event="sheet.verified").payload["after"]["filled_along"] is True


def test_where_the_office_says_so_the_attempt_is_refused_and_logged(office, filled_by_two, client_for):
    office.office.duties_policy = "block"
    office.office.save()
    task = open_task(filled_by_two.run, "periksa", f"u{filled_by_two.unit.pk}")

    answer = client_for(office.sekretaris).post(
        f"/validasi/{filled_by_two.sheet.pk}/", {"act": "complete", "key": "k", "data_hash": "x"}
    )

    task.refresh_from_db()
    refused = Entry.objects.get(refused=True)
    assert (answer.status_code, task.state) == (403, "open")
    assert (refused.event, refused.actor_id) == ("collection:validation", office.sekretaris.pk)
    assert refused.payload["reason"].startswith("Anda ikut mengisi formulir ini")


def test_who_may_not_judge_is_told_before_the_work_and_offered_no_paraf(office, filled_by_two, client_for):
    office.office.duties_policy = "block"
    office.office.save()

    page = client_for(office.sekretaris).get(f"/validasi/{filled_by_two.sheet.pk}/").text

    assert "Anda ikut mengisi formulir ini, jadi orang lain memeriksanya. Minta pimpinan mengalihkannya." in page
    assert "bila Anda melanjutkan" not in page
    assert 'name="act"' not in page and 'name="verdict-' not in page and "/alihkan/" not in page


def test_the_head_who_may_not_judge_hands_the_task_over_from_the_page(office, filled_by_two, client_for):
    office.office.duties_policy = "block"
    office.office.save()
    task = open_task(filled_by_two.run, "periksa", f"u{filled_by_two.unit.pk}")
    hand_over(task=task, by=office.actor(office.admin), to=office.camat, reason="Sekretaris ikut mengisi.")
    filled_by_two.sheet.lines.filter(figure__no=1).update(edited_by=office.camat)

    page = client_for(office.camat).get(f"/validasi/{filled_by_two.sheet.pk}/").text

    assert "Anda ikut mengisi formulir ini, jadi orang lain memeriksanya. Alihkan ke orang itu." in page
    assert "Minta pimpinan" not in page and 'name="act"' not in page
    assert f'href="/tugas/{task.pk}/alihkan/"' in page


def test_the_pages_of_a_task_offer_to_hand_it_over_to_those_who_may(office, filled_by_two, client_for):
    task = open_task(filled_by_two.run, "periksa", f"u{filled_by_two.unit.pk}")
    link = f'href="/tugas/{task.pk}/alihkan/"'

    for address in (f"/tugas/{task.pk}/", f"/sop/jalan/{task.run_id}/", "/periode/2026/1/"):
        assert link in client_for(office.admin).get(address).text, address
        assert link in client_for(office.camat).get(address).text, address
        assert link not in client_for(office.sekretaris).get(address, follow=True).text, address
