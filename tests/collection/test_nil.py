"""Nihil: nothing to report is a statement with a reason, never the number 0."""

from decimal import Decimal

import pytest

from runut.collection.models import Measure, Value
from runut.collection.queries import rows_of, sheet_workbook
from runut.collection.rules import average
from runut.lib.errors import Denied, Refused
from runut.lib.tables import read_table
from tests.collection.builders import submit, type_in


def lines_of(sheet):
    return [(line.measure, line.amount, line.note) for line in sheet.lines.order_by("figure__no")]


def test_a_whole_form_is_reported_nil_with_one_reason_and_handed_in(office, people, client_for):
    client, address = client_for(people.a), f"/isian/{people.sheet.pk}/nihil/"
    assert f'href="{address}"' in client.get(people.sheet.get_absolute_url()).text
    assert "bukan angka 0" in client.get(address).text

    answer = client.post(address, {"reason": "Tidak ada layanan yang dibuka."}, follow=True)

    assert "2 baris dilaporkan nihil." in answer.text
    assert lines_of(people.sheet) == [(Measure.NIL, None, "Tidak ada layanan yang dibuka.")] * 2
    submit(office, people.run, people.a)
    assert set(Value.objects.values_list("measure", "amount")) == {("nil", None)}
    assert "Nihil" in client.get(people.sheet.get_absolute_url()).text


def test_what_is_filled_in_stays_and_a_zero_is_a_zero(office, people, client_for):
    type_in(office, people.sheet, people.a, "0", None)

    client_for(people.a).post(f"/isian/{people.sheet.pk}/nihil/", {"reason": "Tidak ada berkas."})

    assert lines_of(people.sheet) == [
        (Measure.MEASURED, Decimal(0), ""),
        (Measure.NIL, None, "Tidak ada berkas."),
    ]


def test_nil_is_in_no_average_and_stands_before_the_reviewer_first(office, people):
    type_in(office, people.sheet, people.a, "80", None)
    type_in(office, people.sheet, people.a, None, "", measure="nil", note="Tidak ada berkas.")

    first, second = rows_of(people.sheet)

    assert average([first.draft, second.draft]) == first.draft.percent == Decimal(100)
    assert (second.draft.label, second.draft.percent, second.stands_out) == ("Nihil", None, True)


def test_a_line_stays_nil_when_only_its_note_is_changed(office, people):
    type_in(office, people.sheet, people.a, "", measure="nil", note="Tidak ada kejadian.")

    type_in(office, people.sheet, people.a, "", note="Tidak ada kejadian sampai Maret.")

    assert lines_of(people.sheet)[0] == (Measure.NIL, None, "Tidak ada kejadian sampai Maret.")


def _nil(sheet, client, reason="Tidak ada berkas."):
    client.post(f"/isian/{sheet.pk}/nihil/", {"reason": reason})
    return sheet.lines.order_by("figure__no").first()


def test_a_number_in_place_of_a_nil_takes_the_reason_of_the_nil_out_of_the_note(office, people, client_for):
    client = client_for(people.a)
    line = _nil(people.sheet, client)
    sent = {f"v-{line.pk}": "84,75", f"rev-{line.pk}": line.rev}

    answer = client.post(people.sheet.get_absolute_url(), sent, headers={"Accept": "application/json"}).json()

    kept, other = lines_of(people.sheet)
    said = answer["lines"][str(line.pk)]
    assert (kept, other) == ((Measure.MEASURED, Decimal("84.75"), ""), (Measure.NIL, None, "Tidak ada berkas."))
    assert (said["now"]["n"], said["quiet"]) == ("", False)
    assert "Alasan nihil sudah dilepas dari keterangan" in said["under"]


def test_without_a_script_the_page_says_that_the_reason_left_the_note(office, people, client_for):
    client = client_for(people.a)
    line = _nil(people.sheet, client)
    sent = {f"v-{line.pk}": "84,75", f"n-{line.pk}": "Tidak ada berkas.", f"rev-{line.pk}": line.rev}

    page = client.post(people.sheet.get_absolute_url(), sent, follow=True).text

    assert "Alasan nihil dilepas dari keterangan 1 baris yang sekarang berisi angka." in page
    assert lines_of(people.sheet)[0] == (Measure.MEASURED, Decimal("84.75"), "")


def test_a_note_that_somebody_wrote_stays_when_a_number_replaces_a_nil(office, people, client_for):
    type_in(office, people.sheet, people.a, "", note="Baru satu berkas.")
    line = _nil(people.sheet, client_for(people.a))

    saved = type_in(office, people.sheet, people.a, "84,75", "90", note="Ternyata ada berkas.")
    again = type_in(office, people.sheet, people.a, "84,8")

    assert (line.note, saved.released, again.released) == ("Baru satu berkas.", set(), set())
    assert [note for _measure, _amount, note in lines_of(people.sheet)] == ["Ternyata ada berkas."] * 2


def test_a_reason_that_somebody_wrote_beside_a_nil_of_their_own_stays(office, people):
    type_in(office, people.sheet, people.a, "", measure="nil", note="Tidak ada kejadian.")

    saved = type_in(office, people.sheet, people.a, "3", measure="measured")

    assert (saved.released, lines_of(people.sheet)[0][2]) == (set(), "Tidak ada kejadian.")


def test_nil_without_a_reason_is_not_handed_in(office, people, client_for):
    answer = client_for(people.a).post(f"/isian/{people.sheet.pk}/nihil/", {"reason": " "})
    type_in(office, people.sheet, people.a, "80", "")
    type_in(office, people.sheet, people.a, None, "", measure="nil")

    assert answer.status_code == 422
    with pytest.raises(Refused, match="mengapa belum ada angkanya"):
        submit(office, people.run, people.a)


def test_the_workbook_says_nihil(office, people, client_for):
    client_for(people.a).post(f"/isian/{people.sheet.pk}/nihil/", {"reason": "Tidak ada berkas."})

    _name, content = sheet_workbook(people.sheet, rows_of(people.sheet))

    assert any("Nihil" in row for row in read_table(content).rows)


def test_nobody_reports_nil_for_another(office, people):
    from runut.collection.actions import report_nil

    with pytest.raises(Denied):
        report_nil(sheet=people.sheet, by=office.actor(office.camat), reason="Tidak ada.")
