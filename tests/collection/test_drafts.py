"""Cells of a draft: saved one by one or all at once, and never silently over somebody else's."""

from decimal import Decimal

import pytest

from runut.audit.models import Entry
from runut.collection.actions import CellInput, save_lines
from runut.collection.models import Measure
from runut.collection.queries import rows_of
from runut.lib.errors import Denied, Refused, Stale
from runut.sop.actions import hold
from tests.collection.builders import fill_in, review, type_in


def _line(sheet, no=1):
    return sheet.lines.get(figure__no=no)


def test_a_draft_is_saved_without_a_trace_in_the_log(office, people):
    before = Entry.objects.count()

    saved = type_in(office, people.sheet, people.a, "84,75", "90")

    assert [line.amount for line in saved.changed] == [Decimal("84.75"), Decimal(90)]
    assert Entry.objects.count() == before
    assert _line(people.sheet).rev == 1


def test_saving_the_same_again_changes_nothing(office, people):
    type_in(office, people.sheet, people.a, "84,75")

    saved = type_in(office, people.sheet, people.a, "84,750")

    assert (saved.changed, saved.is_clean, _line(people.sheet).rev) == ([], True, 1)


def test_one_wrong_cell_holds_up_no_other(office, people):
    saved = type_in(office, people.sheet, people.a, "delapan", "90")

    assert saved.errors == {_line(people.sheet).pk: "Isi dengan angka, misalnya 94,5."}
    assert (_line(people.sheet).amount, _line(people.sheet, 2).amount) == (None, Decimal(90))


@pytest.fixture
def two_editors(office, people):
    """The line as both saw it, after the other has saved 90."""
    line = _line(people.sheet)
    [row, _other] = rows_of(people.sheet)
    type_in(office, people.sheet, people.a, "90")
    return line, row.digest


def test_what_was_written_in_another_window_meanwhile_is_kept_and_named(office, people, two_editors):
    line, shown = two_editors

    cells = {line.pk: CellInput(typed="70", rev=0, shown=shown)}
    saved = save_lines(sheet=people.sheet, by=office.actor(people.a), cells=cells)

    found = saved.conflicts[line.pk]
    assert found.sentence.startswith("Anda mengubah sel ini di jendela lain pukul ")
    assert (found.cells, found.mine.amount, found.theirs.amount) == (("value",), 70, 90)
    assert _line(people.sheet).amount == 90


def test_two_people_in_two_cells_of_a_line_both_keep_theirs(office, people, two_editors):
    line, shown = two_editors

    cells = {line.pk: CellInput(typed=None, rev=0, shown=shown, note="Survei semester I.")}
    saved = save_lines(sheet=people.sheet, by=office.actor(people.a), cells=cells)

    line.refresh_from_db()
    assert saved.is_clean
    assert (line.amount, line.note) == (90, "Survei semester I.")


def _send(office, people, line, typed, *keys, rev=0, shown=""):
    cells = {line.pk: CellInput(typed=typed, rev=rev, shown=shown, keys=keys)}
    return save_lines(sheet=people.sheet, by=office.actor(people.a), cells=cells)


def test_what_arrives_twice_is_written_once_and_overwrites_nobody(office, people):
    line = _line(people.sheet)
    _send(office, people, line, "70", "key-number-1")
    _send(office, people, line, "90", rev=1)

    again = _send(office, people, line, "70", "key-number-1")

    assert (again.changed, again.is_clean) == ([], True)
    assert (_line(people.sheet).amount, _line(people.sheet).rev) == (90, 2)


def test_a_write_without_an_answer_is_no_conflict_with_the_next_of_the_same_device(office, people):
    line = _line(people.sheet)
    [row, _other] = rows_of(people.sheet)
    _send(office, people, line, "70", "key-number-1", shown=row.digest)

    saved = _send(office, people, line, "71", "key-number-2", "key-number-1", shown=row.digest)

    assert saved.is_clean
    assert _line(people.sheet).amount == 71


def test_an_old_write_of_the_device_hides_no_conflict_with_somebody_else(office, people):
    line = _line(people.sheet)
    [row, _other] = rows_of(people.sheet)
    _send(office, people, line, "70", "key-number-1", shown=row.digest)
    _send(office, people, line, "90", rev=1)

    saved = _send(office, people, line, "71", "key-number-2", "key-number-1", shown=row.digest)

    assert list(saved.conflicts) == [line.pk]
    assert _line(people.sheet).amount == 90


def test_a_line_left_alone_on_an_older_page_is_no_conflict(office, people, two_editors):
    line, shown = two_editors

    cells = {line.pk: CellInput(typed="", rev=0, shown=shown)}
    saved = save_lines(sheet=people.sheet, by=office.actor(people.a), cells=cells)

    assert saved.is_clean
    assert _line(people.sheet).amount == 90


def test_the_same_number_from_two_people_is_no_conflict(office, people, two_editors):
    line, shown = two_editors

    saved = save_lines(
        sheet=people.sheet, by=office.actor(people.a), cells={line.pk: CellInput(typed="90,0", rev=0, shown=shown)}
    )

    assert saved.is_clean


def test_a_cell_says_why_it_has_no_number(office, people):
    line = _line(people.sheet)
    by = office.actor(people.a)

    cell = CellInput(typed="", rev=0, measure="not_measured", note="Survei tahunan.")
    save_lines(sheet=people.sheet, by=by, cells={line.pk: cell})
    kept = save_lines(sheet=people.sheet, by=by, cells={line.pk: CellInput(typed="", rev=1)})
    line.refresh_from_db()
    assert (line.measure, line.note, kept.changed) == (Measure.NOT_MEASURED, "Survei tahunan.", [])

    save_lines(sheet=people.sheet, by=by, cells={line.pk: CellInput(typed="80", rev=1)})
    line.refresh_from_db()
    assert (line.measure, line.amount) == (Measure.MEASURED, Decimal(80))


def test_a_number_and_a_reason_for_none_exclude_each_other(office, people):
    line = _line(people.sheet)

    saved = save_lines(
        sheet=people.sheet, by=office.actor(people.a), cells={line.pk: CellInput("80", 0, measure="awaiting_release")}
    )

    assert "Kosongkan realisasi" in saved.errors[line.pk]


def test_lines_of_another_sheet_are_left_alone(office, people):
    from tests.collection.builders import sheet_of

    foreign = _line(sheet_of(people.run, people.b))

    saved = save_lines(sheet=people.sheet, by=office.actor(people.a), cells={foreign.pk: CellInput("1", 0)})

    foreign.refresh_from_db()
    assert (saved.changed, foreign.amount) == ([], None)


def test_only_the_person_whose_sheet_it_is_types_in_it(office, people):
    with pytest.raises(Denied):
        type_in(office, people.sheet, people.b, "80")


def test_nothing_is_typed_into_a_sheet_that_was_handed_in(office, people):
    fill_in(office, people.run, people.a)

    with pytest.raises(Stale, match="sudah diajukan"):
        type_in(office, people.sheet, people.a, "80")


def test_nothing_is_typed_while_the_procedure_is_held(office, people):
    hold(run=people.run, by=office.actor(office.camat), reason="Menunggu juknis.")

    with pytest.raises(Refused):
        type_in(office, people.sheet, people.a, "80")


def test_a_line_found_right_is_locked_in_the_next_round(office, people):
    fill_in(office, people.run, people.a)
    review(office, people.run, people.a, people.kasi, "return", {1: "Satuan keliru."})

    saved = type_in(office, people.sheet, people.a, "1", "88")

    assert list(saved.errors) == [_line(people.sheet).pk]
    assert _line(people.sheet).amount == Decimal("84.75")
    assert _line(people.sheet, 2).amount == 88
