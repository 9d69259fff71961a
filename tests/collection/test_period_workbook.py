"""All forms of a period as one workbook: out with the columns of the official form, and back after a look at it."""

from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runut.audit.models import Entry
from runut.collection.models import Line, Sheet, StagedLine
from runut.collection.queries import period_workbook
from runut.lib.tables import read_table
from runut.organisation.models import Staged
from tests.collection import builders
from tests.collection.test_import import saved
from tests.harness.scenes import scene

pytestmark = pytest.mark.django_db

UNIT, NAME, ACTUAL, NOTE, STATE, KEY = 0, 3, 6, 7, 8, 9


@scene
def quarter(office, frozen_time):
    """A quarter of two units, each with three lines."""
    run = builders.collection_of_units(office, office.units[2:4], how_many=3)
    return SimpleNamespace(run=run, period=run.period, first=office.units[2], second=office.units[3])


@pytest.fixture
def out(quarter, office, client_for):
    """The rows of the workbook that the head of the office downloaded; a test may change them."""
    answer = client_for(office.camat).get(f"/periode/{quarter.period.pk}/unduh/")
    return [list(row) for row in read_table(answer.content).rows]


@pytest.fixture
def filler(office, quarter, client_for):
    """Who heads the first unit, and fills in its form."""
    return client_for(head_of(office, quarter.first))


def head_of(office, unit):
    from runut.organisation.models import Assignment

    return Assignment.objects.get(jabatan__unit=unit, jabatan__heads_unit=True).pegawai


def send(client, quarter, rows):
    return client.post(f"/periode/{quarter.period.pk}/impor/", {"file": saved(rows)}, follow=True)


def bring_in(client, page):
    return client.post(page.redirect_chain[-1][0], follow=True)


def lines_of(quarter, unit):
    return list(Line.objects.filter(sheet__run=quarter.run, sheet__unit=unit).order_by("figure__no", "pk"))


def words(page):
    return {row.no: row.words for row in page.context["staged"].rows.filter(state="rejected")}


@pytest.mark.requirement("R-KEMLAGI-10")
def test_the_workbook_has_every_form_with_the_columns_of_the_official_form_in_order(out, quarter):
    heading, first, *_others = out[5:]

    assert heading[1:8] == [
        "No.", "Sasaran", "Indikator Kinerja", "Target Tahunan", "Target Triwulan", "Realisasi Triwulan", "Keterangan",
    ]  # fmt: skip
    assert (heading[UNIT], heading[STATE], heading[KEY]) == ("Unit", "Keadaan formulir", "Kunci")
    assert (first[UNIT], first[1], first[STATE]) == (quarter.first.name, Decimal(1), "Draf, belum diverifikasi")
    assert [row[1] for row in out[6:]] == [1, 2, 3, 1, 2, 3]
    assert out[0][0] == "Data kinerja Triwulan I 2026"


def test_only_what_may_be_filled_in_is_open_and_a_spreadsheet_holds_it_against_what_fits(quarter, office, client_for):
    builders.fill_in(office, quarter.run, quarter.first, "84", "85", "12", who=head_of(office, quarter.first))

    answer = client_for(office.camat).get(f"/periode/{quarter.period.pk}/unduh/?edar")

    with ZipFile(BytesIO(answer.content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert "<sheetProtection" in xml and 'hidden="1"' in xml
    assert 'type="decimal"' in xml and 'sqref="G10:G12"' in xml, "the form that was handed in accepts nothing"
    assert 'locked="0"' in styles


def test_what_was_filled_in_is_looked_at_first_and_then_a_draft(filler, quarter, out):
    out[6][ACTUAL], out[6][NOTE], out[7][ACTUAL] = Decimal("84.75"), "Hasil survei", "1.234,5"

    page = send(filler, quarter, out)

    assert "0 baru, 2 berubah, 4 tetap, 0 ditolak" in page.text and "Realisasi – → 84,75" in page.text
    assert not Line.objects.exclude(amount=None).exists()
    page = bring_in(filler, page)
    first, second, third = lines_of(quarter, quarter.first)
    assert (first.amount, first.note, second.amount, third.amount) == (
        Decimal("84.75"), "Hasil survei", Decimal("1234.5"), None,
    )  # fmt: skip
    assert (first.measure, first.rev, first.sheet.rev) == ("measured", 1, 1)
    assert "Sudah diimpor: 0 baru, 2 berubah" in page.text and not StagedLine.objects.exists()


def test_the_log_has_one_entry_with_the_digest_of_the_rows(filler, quarter, out):
    out[6][ACTUAL] = 84
    page = bring_in(filler, send(filler, quarter, out))
    bring_in(filler, page)

    [entry] = Entry.objects.filter(event="import.applied")
    after = entry.payload["after"]
    assert (after["rows"], after["changed"], after["about"]) == (6, 1, quarter.period.pk)
    assert after["rows_sha256"] == Staged.objects.get().sha256 and len(after["sha256"]) == 64


def test_a_row_that_is_not_for_this_person_says_whose_it_is(filler, quarter, office, out):
    out[6][ACTUAL], out[9][ACTUAL] = 84, 85

    page = send(filler, quarter, out)

    assert words(page) == {10: f"Formulir ini diisi oleh {_post(quarter.second)}, jadi tidak diubah lewat berkas Anda."}
    bring_in(filler, page)
    assert [line.amount for line in lines_of(quarter, quarter.second)] == [None] * 3
    assert lines_of(quarter, quarter.first)[0].amount == 84


def _post(unit):
    return unit.jabatan_set.get(heads_unit=True).name


def test_a_form_that_was_handed_in_meanwhile_stays_as_it_was(filler, quarter, office, out):
    who = head_of(office, quarter.first)
    out[6][ACTUAL] = 84
    page = send(filler, quarter, out)
    builders.fill_in(office, quarter.run, quarter.first, "70", "71", "12", who=who)

    after = bring_in(filler, page)
    late = send(filler, quarter, out)

    assert "0 berubah, 5 tetap, 1 ditolak" in after.text and "sudah diajukan" in words(after)[7]
    assert "sudah diajukan" in words(late)[7]
    assert [line.amount for line in lines_of(quarter, quarter.first)] == [70, 71, 12]


def test_a_line_that_has_moved_on_is_not_overwritten(filler, quarter, office, out):
    who, sheet = head_of(office, quarter.first), Sheet.objects.get(run=quarter.run, unit=quarter.first)
    out[6][ACTUAL], out[7][ACTUAL] = 84, 85
    page = send(filler, quarter, out)
    builders.type_in(office, sheet, who, "70")

    after = bring_in(filler, page)
    late = send(filler, quarter, out)

    assert [line.amount for line in lines_of(quarter, quarter.first)][:2] == [70, 85]
    assert (
        "1 berubah, 4 tetap, 1 ditolak" in after.text and f"{who.full_name} mengubah baris ini pukul" in words(after)[7]
    )
    assert "sesudah berkasnya diunduh" in words(late)[7]


def test_a_second_import_of_what_the_form_says_by_now_counts_as_the_same(filler, quarter, out):
    out[6][ACTUAL], out[6][NOTE], out[7][ACTUAL] = 111, "Rekap", 85
    first = send(filler, quarter, out)
    out[7][ACTUAL] = 86
    second = send(filler, quarter, out)
    bring_in(filler, first)

    page = bring_in(filler, second)

    assert "0 berubah, 5 tetap, 1 ditolak" in page.text
    assert list(words(page)) == [8] and "Di formulir 85, di berkas 86" in words(page)[8]
    assert "Di formulir 111" not in page.text


def test_what_was_looked_at_can_be_thrown_away(filler, quarter, out):
    out[6][ACTUAL] = 84
    page = send(filler, quarter, out)

    gone = filler.post(page.redirect_chain[-1][0], {"act": "throw"}, follow=True)
    late = filler.post(page.redirect_chain[-1][0])

    assert "Tabelnya dibuang. Tidak ada yang berubah." in gone.text and late.status_code == 409
    assert not StagedLine.objects.exists() and not Staged.objects.get().rows.exists()
    assert lines_of(quarter, quarter.first)[0].amount is None


def test_who_may_not_see_every_form_gets_no_workbook_of_all(office, client_for, frozen_time):
    run = builders.collection_of_people(office, office.asn[:2], how_many=1)

    own = client_for(office.asn[0]).get(f"/periode/{run.period.pk}/unduh/")
    page = client_for(office.asn[0]).get(f"/periode/{builders.YEAR}/{builders.QUARTER}/")

    assert own.status_code == 403 and "juga yang bukan untuk Anda" in own.text
    assert "Unduh semua formulir" not in page.text
    assert client_for(office.camat).get(f"/periode/{run.period.pk}/unduh/").status_code == 200


def test_a_key_of_a_form_one_may_not_see_tells_nothing(office, client_for, frozen_time):
    run = builders.collection_of_people(office, office.asn[:2], how_many=1)
    answer = client_for(office.camat).get(f"/periode/{run.period.pk}/unduh/")
    rows = [list(row) for row in read_table(answer.content).rows]
    rows[6][4] = rows[7][4] = 84

    page = send(client_for(office.asn[0]), SimpleNamespace(period=run.period), rows)

    fates = {row.label: row.state for row in page.context["staged"].rows.all()}
    assert sorted(fates.values()) == ["changed", "rejected"]
    assert "Barisnya bukan dari formulir periode ini yang boleh Anda lihat." in words(page).values()


def test_neither_the_workbook_nor_its_outcome_asks_more_for_more_rows(
    quarter, office, client_for, filler, out, django_assert_num_queries
):
    actor = office.actor(office.camat)
    assert _queries(lambda: period_workbook(quarter.period, actor)) == 6, "edition, quotients, forms; lines at once"
    unchanged = send(filler, quarter, out).redirect_chain[-1][0]
    short = _queries(lambda: filler.get(unchanged))

    for row in out[6:]:
        row[ACTUAL] = 5
    more = send(filler, quarter, out).redirect_chain[-1][0]
    # Rows that change and rows that are rejected are each a query; a table without any needs neither.
    with django_assert_num_queries(short + 2):
        assert "3 berubah, 0 tetap, 3 ditolak" in filler.get(more).text


def _queries(act):
    act()
    with CaptureQueriesContext(connection) as context:
        act()
    return len(context)


def test_a_number_in_place_of_a_nil_takes_the_reason_of_the_nil_out_of_the_note(quarter, office, client_for):
    client, sheet = client_for(head_of(office, quarter.first)), lines_of(quarter, quarter.first)[0].sheet
    client.post(f"/isian/{sheet.pk}/nihil/", {"reason": "Tidak ada berkas."})
    rows = [list(row) for row in read_table(client.get(f"/periode/{quarter.period.pk}/unduh/").content).rows]
    next(row for row in rows[6:] if row[NOTE] == "Tidak ada berkas.")[ACTUAL] = 84.75

    bring_in(client, send(client, quarter, rows))

    first, second, _third = lines_of(quarter, quarter.first)
    assert (first.amount, first.note, second.note) == (Decimal("84.75"), "", "Tidak ada berkas.")


def test_a_row_in_which_nothing_is_written_but_its_number_is_passed_over(filler, quarter, out):
    out[6][ACTUAL] = 84
    out.insert(8, ["", "4", *[""] * (len(out[6]) - 2)])

    page = send(filler, quarter, out)

    assert (words(page), "1 berubah, 5 tetap, 0 ditolak" in page.text) == ({}, True)
