"""Handing a sheet in."""

from datetime import timedelta
from decimal import Decimal

import pytest

from runut.audit.models import Entry
from runut.collection.models import SheetState, Value
from runut.lib.errors import Denied, Refused, Stale
from tests.collection.builders import fill_in, review, sheet_of, submit, type_in
from tests.sop.play import open_task


@pytest.mark.requirement("R-INSP-12")
def test_a_pegawai_hands_in_the_filled_form(office, people):
    result = fill_in(office, people.run, people.a, "84,75", "90")

    people.sheet.refresh_from_db()
    values = Value.objects.filter(sheet=people.sheet).order_by("figure__no")
    assert (people.sheet.state, people.sheet.submitted_by) == (SheetState.SUBMITTED, people.a)
    assert [(v.no, v.amount, v.target, v.by_title) for v in values] == [
        (1, Decimal("84.75"), Decimal(80), office.actor(people.a).title),
        (1, Decimal(90), Decimal(80), office.actor(people.a).title),
    ]
    assert open_task(people.run, "periksa", f"p{people.a.pk}").pk in result.opened
    entry = Entry.objects.get(event="sheet.submitted")
    assert [v["amount"] for v in entry.payload["after"]["values"]] == ["84.75", "90"]


@pytest.mark.requirement("R-INSP-12")
def test_a_late_form_asks_for_a_reason_is_taken_and_is_marked(office, people, frozen_time):
    type_in(office, people.sheet, people.a, "84,75", "90")
    task = open_task(people.run, "isi", f"p{people.a.pk}")
    frozen_time.shift(timedelta(days=4))
    with pytest.raises(Refused, match="keterlambatan"):
        submit(office, people.run, people.a)

    submit(office, people.run, people.a, late_reason="Dinas luar.")

    assert task.due_at - task.opened_at == timedelta(days=3)
    task.refresh_from_db()
    assert (task.late_reason, task.done_at > task.due_at) == ("Dinas luar.", True)


def test_the_same_click_again_hands_in_once(office, people):
    type_in(office, people.sheet, people.a, "84,75", "90")
    task = open_task(people.run, "isi", f"p{people.a.pk}")
    from runut.collection.actions import submit_sheet

    first = submit_sheet(task_id=task.pk, by=office.actor(people.a), key="k-1")
    again = submit_sheet(task_id=task.pk, by=office.actor(people.a), key="k-1")

    assert again == first
    assert Value.objects.count() == 2


def test_an_empty_cell_keeps_the_form_with_the_person(office, people):
    type_in(office, people.sheet, people.a, "84,75")

    with pytest.raises(Refused, match="Berkas selesai tepat waktu: isi realisasi"):
        submit(office, people.run, people.a)

    people.sheet.refresh_from_db()
    assert (people.sheet.state, Value.objects.count()) == (SheetState.DRAFT, 0)


def test_a_cell_without_number_says_why_there_is_none(office, people):
    type_in(office, people.sheet, people.a, "84,75")
    line = people.sheet.lines.get(figure__no=2)
    from runut.collection.actions import CellInput, save_lines

    cells = {line.pk: CellInput(typed="", rev=0, measure="awaiting_release", note="")}
    save_lines(sheet=people.sheet, by=office.actor(people.a), cells=cells)
    with pytest.raises(Refused, match="tulis di keterangan mengapa"):
        submit(office, people.run, people.a)
    cells = {line.pk: CellInput(typed="", rev=1, measure="awaiting_release", note="BPS merilis 15 April.")}
    save_lines(sheet=people.sheet, by=office.actor(people.a), cells=cells)
    submit(office, people.run, people.a)

    value = Value.objects.get(figure=line.figure)
    assert (value.measure, value.amount, value.note) == ("awaiting_release", None, "BPS merilis 15 April.")


def test_somebody_else_cannot_hand_it_in(office, people):
    type_in(office, people.sheet, people.a, "84,75", "90")

    with pytest.raises(Denied):
        submit(office, people.run, people.a, people.b)


@pytest.mark.requirement("R-INSP-14")
def test_a_repaired_value_supersedes_the_one_before_and_keeps_it(office, people):
    fill_in(office, people.run, people.a, "84,75", "90")
    review(office, people.run, people.a, people.kasi, "return", {1: "Bukti menunjukkan 88."})

    fill_in(office, people.run, people.a, None, "88")

    values = list(Value.objects.filter(figure__no=2, sheet=people.sheet).order_by("no"))
    assert [(v.no, v.amount, v.supersedes_id, v.round, v.reason) for v in values] == [
        (1, Decimal(90), None, 1, ""),
        (2, Decimal(88), values[0].pk, 2, "Atas catatan pemeriksa: Bukti menunjukkan 88."),
    ]
    assert Value.objects.filter(figure__no=1, sheet=people.sheet).count() == 1


def test_other_words_for_the_same_number_are_a_version_of_their_own(office, people):
    """What is handed in is what is decided on: a new reason beside the old number is not lost."""
    fill_in(office, people.run, people.a, "84,75", "90")
    for no, reason in ((1, "Dicocokkan."), (2, "Dicocokkan lagi.")):
        review(office, people.run, people.a, people.kasi, "return", {1: f"Jelaskan, putaran {no}."})
        sheet = sheet_of(people.run, people.a)
        type_in(office, sheet, people.a, None, "90", cause="Salah baca.", reason=reason)
        submit(office, people.run, people.a)

    values = Value.objects.filter(figure__no=2, sheet=people.sheet).order_by("no")
    assert [(v.no, v.amount, v.reason) for v in values] == [
        (1, Decimal(90), ""), (2, Decimal(90), "Dicocokkan."), (3, Decimal(90), "Dicocokkan lagi."),
    ]  # fmt: skip


def test_the_others_go_on_while_one_form_is_returned(office, people):
    fill_in(office, people.run, people.a)
    fill_in(office, people.run, people.b)
    review(office, people.run, people.a, people.kasi, "return", {0: "Satuan keliru."})

    review(office, people.run, people.b, people.kasi)

    assert sheet_of(people.run, people.b).state == SheetState.VALIDATED
    assert sheet_of(people.run, people.a).state == SheetState.RETURNED


def test_a_form_that_was_handed_in_is_not_handed_in_again(office, people):
    task = open_task(people.run, "isi", f"p{people.a.pk}")
    fill_in(office, people.run, people.a)
    from runut.collection.actions import submit_sheet

    with pytest.raises(Stale):
        submit_sheet(task_id=task.pk, by=office.actor(people.a))
