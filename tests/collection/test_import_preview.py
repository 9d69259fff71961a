"""What is said of a workbook before any of it is saved: rows that moved on, locked cells, numbers of two meanings."""

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.collection.models import Figure, Line, Period, Sheet, Value
from runut.collection.rules import hundredfold
from runut.lib.tables import read_table
from runut.planning.models import IndicatorVersion
from tests.collection import builders
from tests.collection.test_import import saved
from tests.harness.office_files import Percent, libre_ods, libre_xlsx, old_xls
from tests.harness.scenes import scene

pytestmark = pytest.mark.django_db

NAME, TARGET, ACTUAL, NOTE = 1, 2, 3, 5
PERIOD = {"target": 5, "actual": 6}


@scene
def sheet(office, frozen_time):
    """A person's form of three lines; the second is a percentage."""
    run = builders.collection_of_people(office, [office.asn[0]], how_many=3)
    IndicatorVersion.objects.filter(name=builders.NAMES[1]).update(unit_of_measure="%")
    return Sheet.objects.get(run=run)


@pytest.fixture
def client(office, client_for):
    return client_for(office.asn[0])


@pytest.fixture
def workbook(client, sheet):
    """The rows that went out, which a test may change."""
    return [list(row) for row in read_table(client.get(f"/isian/{sheet.pk}/unduh/").content).rows]


def send(client, sheet, rows, make=None):
    file = SimpleUploadedFile("form", make(rows)) if make else saved(rows)
    return client.post(f"/isian/{sheet.pk}/impor/", {"file": file})


def as_browser(page, **chosen):
    """The fields of the page's form as a browser sends them; `chosen`: value of a radio button by its name."""
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", page.text):
        told = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if told.get("type") == "hidden" or (told.get("type") == "radio" and " checked" in tag):
            found[told["name"]] = told.get("value", "")
    return {name: text for name, text in found.items() if name != "csrfmiddlewaretoken"} | chosen


def amounts(sheet):
    return list(sheet.lines.order_by("figure__no", "pk").values_list("amount", flat=True))


def first(sheet):
    return sheet.lines.order_by("figure__no", "pk").first()


@pytest.fixture
def stale(office, client, sheet, workbook):
    """The preview of a workbook of which one line was written in the form after it went out."""
    workbook[6][ACTUAL], workbook[6][NOTE], workbook[7][ACTUAL] = 84, "Dari berkas", 90
    builders.type_in(office, sheet, office.asn[0], "70")
    return send(client, sheet, workbook)


def test_a_row_that_moved_on_is_named_with_who_and_when_and_both_values(office, stale):
    assert "1 baris berubah, 1 tetap, 0 ditolak, 1 sudah diubah di formulir" in stale.text
    part = stale.text.split("Sudah diubah di formulir sesudah berkas diunduh")[1]
    assert f"{office.asn[0].full_name}, pukul 09.00 WIB, 3 Feb 2026" in part, part[:900]
    assert "70" in part and "84" in part and "Dari berkas" in part
    assert 'value="theirs" checked' in part and 'value="mine">' in part


def test_what_moved_on_stays_unless_somebody_says_otherwise(client, sheet, stale):
    answer = client.post(f"/isian/{sheet.pk}/", as_browser(stale))

    assert answer.status_code == 302 and amounts(sheet) == [70, 90, None]
    assert first(sheet).note == ""


def test_what_the_file_says_is_taken_where_it_was_chosen(client, sheet, stale):
    answer = client.post(f"/isian/{sheet.pk}/", as_browser(stale, **{f"pick-{first(sheet).pk}": "mine"}))

    assert answer.status_code == 302 and amounts(sheet) == [84, 90, None]
    assert first(sheet).note == "Dari berkas"


def test_a_choice_is_no_choice_any_more_where_the_line_moved_on_again(office, client, sheet, stale):
    builders.type_in(office, sheet, office.asn[0], "71")

    answer = client.post(f"/isian/{sheet.pk}/", as_browser(stale, **{f"pick-{first(sheet).pk}": "mine"}))

    assert answer.status_code == 422 and "Pilih isian yang dipakai" in answer.text
    assert amounts(sheet) == [71, 90, None]


def test_rows_that_all_moved_on_leave_a_choice_and_nothing_to_save(office, client, sheet, workbook):
    workbook[6][ACTUAL] = 84
    builders.type_in(office, sheet, office.asn[0], "70")

    page = send(client, sheet, workbook)

    assert "0 baris berubah, 2 tetap, 0 ditolak, 1 sudah diubah di formulir" in page.text
    assert "Simpan pilihan" in page.text and "Tidak ada yang berubah." not in page.text


def test_the_quarters_workbook_says_both_values_of_a_row_that_moved_on(office, sheet, client, client_for):
    address = f"/periode/{sheet.period_id}/"
    rows = [list(row) for row in read_table(client_for(office.camat).get(f"{address}unduh/").content).rows]
    place = rows[5].index("Realisasi")
    rows[6][place] = 84
    builders.type_in(office, sheet, office.asn[0], "70")

    page = client.post(f"{address}impor/", {"file": saved(rows)}, follow=True)

    [row] = page.context["staged"].rows.filter(state="rejected")
    assert f"{office.asn[0].full_name} mengubah baris ini pukul 09.00 WIB, 3 Feb 2026" in row.words
    assert "Di formulir 70, di berkas 84; yang di formulir tetap." in row.words


def test_a_target_that_was_changed_in_the_file_is_said_and_not_taken(client, sheet, workbook):
    workbook[6][TARGET], workbook[7][TARGET], workbook[7][ACTUAL] = 99, "", 90

    page = send(client, sheet, workbook)

    assert "1 baris berubah, 2 tetap, 0 ditolak" in page.text
    told = [(cell.no, cell.sentence) for cell in page.context["found"].untaken]
    where = "Target diubah sebagai revisi target di halaman indikatornya."
    assert told == [
        (7, f"Target di berkas 99, di sini 80: tidak diambil. {where}"),
        (8, f"Target di berkas –, di sini 80: tidak diambil. {where}"),
    ]
    assert "Sel terkunci yang berubah di berkas" in page.text
    client.post(f"/isian/{sheet.pk}/", as_browser(page))
    assert amounts(sheet) == [None, 90, None]
    assert set(Line.objects.values_list("figure__target", flat=True)) == {80}


def test_a_name_or_unit_that_was_changed_says_where_it_is_changed(client, sheet, workbook):
    workbook[6][NAME], workbook[6][ACTUAL] = "Nilai kepuasan masyarakat (persen)", 84

    page = send(client, sheet, workbook)

    [row] = page.context["found"].rejected
    assert "namanya di berkas “Nilai kepuasan masyarakat (persen)”" in row.reason
    assert "Nama dan satuan diubah sebagai definisi baru di halaman indikatornya." in row.reason


@pytest.mark.parametrize("make", [libre_xlsx, libre_ods, old_xls])
def test_what_nobody_changed_is_no_changed_cell_whatever_the_program(client, sheet, workbook, make):
    page = send(client, sheet, workbook, make)

    assert (page.context["found"].untaken, page.context["found"].same) == ((), 3)


def test_the_quarters_workbook_says_that_a_target_is_not_taken(office, sheet, client, client_for):
    address = f"/periode/{sheet.period_id}/"
    rows = [list(row) for row in read_table(client_for(office.camat).get(f"{address}unduh/").content).rows]
    target, actual = rows[5].index("Target"), rows[5].index("Realisasi")
    rows[6][target], rows[7][target], rows[7][actual] = 99, 98, 90

    page = client.post(f"{address}impor/", {"file": saved(rows)}, follow=True)

    assert "0 baru, 1 berubah, 1 tetap, 1 ditolak" in page.text
    told = {row.no: row.words for row in page.context["staged"].rows.all()}
    assert "Target di berkas 99, di sini 80: tidak diambil." in told[7]
    assert "Realisasi – → 90" in told[8] and "Target di berkas 98, di sini 80: tidak diambil." in told[8]


def test_a_fraction_where_a_percentage_belongs_is_asked_about_and_not_taken(client, sheet, workbook):
    workbook[6][ACTUAL], workbook[7][ACTUAL] = 0.84, 0.84

    page = send(client, sheet, workbook)

    assert [one.readings for one in page.context["found"].changed] == [(), ("0,84", "84")]
    assert "Tertulis 0,84, satuannya persen. Yang dimaksud:" in page.text
    client.post(f"/isian/{sheet.pk}/", as_browser(page))
    assert amounts(sheet) == [Decimal("0.84"), None, None]
    second = sheet.lines.order_by("figure__no", "pk")[1].pk
    client.post(f"/isian/{sheet.pk}/", as_browser(send(client, sheet, workbook), **{f"v-{second}": "84"}))
    assert amounts(sheet) == [Decimal("0.84"), 84, None]


def test_a_cell_of_an_old_workbook_that_shows_a_percentage_is_that_percentage(client, sheet, workbook):
    workbook[7][ACTUAL] = Percent(0.975)

    page = send(client, sheet, workbook, old_xls)

    [one] = page.context["found"].changed
    assert (one.typed, one.readings) == ("97,5%", ())


def test_the_quarters_workbook_asks_about_a_fraction_too(office, sheet, client, client_for):
    address = f"/periode/{sheet.period_id}/"
    rows = [list(row) for row in read_table(client_for(office.camat).get(f"{address}unduh/").content).rows]
    rows[7][rows[5].index("Realisasi")] = 0.84

    page = client.post(f"{address}impor/", {"file": saved(rows)}, follow=True)

    [row] = page.context["staged"].rows.filter(state="rejected")
    assert "0,84% atau 84%?" in row.words


def only_near(sheet, which):
    """Let the second line be like nothing but this: its target, that of the year, or the value of the period before."""
    rows = Figure.objects.filter(lines__in=sheet.lines.filter(figure__no=2))
    rows.update(target=None, annual_target=None)
    if which != "last":
        rows.update(**{which: 80})
        return
    figure, period = rows.get(), sheet.period
    before = Period.objects.create(
        instansi=period.instansi, office=period.office, year=2025, quarter=4, basis=period.basis,
        opened_at=period.opened_at,
    )  # fmt: skip
    then = Figure.objects.create(
        instansi=figure.instansi, period=before, indicator=figure.indicator, member=figure.member,
        pegawai=figure.pegawai, no=1,
    )  # fmt: skip
    Value.objects.create(
        instansi=then.instansi, figure=then, no=1, amount=80, measure="measured", at=period.opened_at,
        by=figure.pegawai, by_title="Pelaksana",
    )  # fmt: skip


@pytest.mark.parametrize("which", ["target", "annual_target", "last"])
def test_both_workbooks_ask_by_the_same_neighbours(office, sheet, client, client_for, which):
    only_near(sheet, which)
    address = f"/periode/{sheet.period_id}/"
    one = [list(row) for row in read_table(client.get(f"/isian/{sheet.pk}/unduh/").content).rows]
    many = [list(row) for row in read_table(client_for(office.camat).get(f"{address}unduh/").content).rows]
    one[7][ACTUAL] = many[7][many[5].index("Realisasi")] = 0.84

    of_form = send(client, sheet, one)
    of_quarter = client.post(f"{address}impor/", {"file": saved(many)}, follow=True)

    assert [each.readings for each in of_form.context["found"].changed] == [("0,84", "84")]
    [row] = of_quarter.context["staged"].rows.filter(state="rejected")
    assert "0,84% atau 84%?" in row.words


@pytest.mark.parametrize(
    ("amount", "unit", "near", "meant"),
    [
        ("0.975", "%", ["97"], "97.5"),
        ("0.975", "persen", [None, "95"], "97.5"),
        ("1", "%", ["95"], "100"),
        ("0.975", "indeks", ["97"], None),
        ("0.975", "%", [], None),
        ("0.975", "%", ["1"], None),
        ("0.975", "%", ["1000"], None),
        ("97.5", "%", ["97"], None),
        ("0", "%", ["97"], None),
    ],
)
def test_only_what_its_neighbours_say_is_taken_for_a_fraction(amount, unit, near, meant):
    found = hundredfold(Decimal(amount), unit, [each and Decimal(each) for each in near])

    assert found == (Decimal(meant) if meant else None)


def test_a_note_that_is_too_long_names_its_column_its_letters_and_what_to_do(
    client, client_for, office, sheet, workbook
):
    address = f"/periode/{sheet.period_id}/"
    rows = [list(row) for row in read_table(client_for(office.camat).get(f"{address}unduh/").content).rows]
    workbook[6][ACTUAL], workbook[6][NOTE] = 84, "k" * 1001
    rows[6][rows[5].index("Realisasi")], rows[6][rows[5].index("Keterangan")] = 84, "k" * 1234

    page = send(client, sheet, workbook)
    quarter = client.post(f"{address}impor/", {"file": saved(rows)}, follow=True)

    advice = "Ringkas keterangannya di berkas lalu unggah lagi; angka di baris ini belum ditulis."
    assert f"Kolom Keterangan berisi 1001 huruf, paling banyak 1000 huruf. {advice}" in page.text
    assert f"Kolom Keterangan berisi 1234 huruf, paling banyak 1000 huruf. {advice}" in quarter.text
    assert "Tidak ada yang berubah." in page.text and amounts(sheet)[0] is None
