"""The workbook of a quarter under an edition of the office's own: out with its columns, and back."""

import re
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runut.collection import actions
from runut.collection.actions.values import append_value
from runut.collection.models import Line, Sheet
from runut.collection.queries import export, period_workbook
from runut.collection.rules import Column
from runut.lib.tables import read_table
from tests.collection import builders
from tests.collection.test_editions import OWN, compose, opened, typed
from tests.collection.test_import import saved
from tests.harness.scenes import scene
from tests.sop.play import install

pytestmark = pytest.mark.django_db

OF_PAPER = ["No.", "Indikator kita", "Satuan", "Target Triwulan", "Keterangan", "Realisasi Triwulan", "Capaian (%)"]
NAME, UNIT_OF_MEASURE, NOTE, ACTUAL, ACHIEVED, KEY = 2, 3, 5, 6, 7, 9


@scene
def composed(office, frozen_time):
    """A quarter of two units under a form of the office's own, each with two lines."""
    install(office, "pengumpulan-unit")
    units = office.units[2:4]
    builders.give_indicators(office, units=units)
    compose(office)
    sheet = opened(office, units)
    return SimpleNamespace(sheet=sheet, run=sheet.run, period=sheet.period, first=units[0], second=units[1])


@pytest.fixture
def head(office, client_for):
    """Whoever may see every form."""
    return client_for(office.camat)


@pytest.fixture
def filler(office, client_for):
    """Who heads the first unit, and fills in its form."""
    return client_for(office.kasi[0])


def of_quarter(client, composed, more=""):
    return client.get(f"/periode/{composed.period.pk}/unduh/{more}").content


def of_form(client, sheet):
    return client.get(f"/isian/{sheet.pk}/unduh/").content


def rows_in(content):
    return [list(row) for row in read_table(content).rows][5:]


def send(client, composed, rows):
    return client.post(f"/periode/{composed.period.pk}/impor/", {"file": saved(rows)}, follow=True)


def part(content, name):
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def correct(office, sheet, amount):
    """Another number of the form's first line, put in its place by a correction elsewhere."""
    figure = sheet.lines.get(figure__no=1).figure
    append_value(figure=figure, by=office.actor(office.camat), amount=amount, cause="Salah baca.", reason="Cocok.")


def test_the_quarter_has_the_columns_of_its_forms_with_whose_and_how_far_around_them(composed, head, filler):
    heading, first, *others = rows_in(of_quarter(head, composed))

    assert heading == ["Unit", *OF_PAPER, "Keadaan formulir", "Kunci"]
    assert heading[1:8] == rows_in(of_form(filler, composed.sheet))[0][:-1]
    line = composed.sheet.lines.get(figure__no=1)
    version = line.figure.indicator
    assert first[:5] == [composed.first.name, 1, version.name, version.unit_of_measure, 80]
    assert [row[1] for row in others] == [2, 1, 2]
    assert first[8] == "Draf, belum diverifikasi"


def test_the_admin_composes_on_the_page_and_the_next_quarter_comes_out_so(office, head, client_for, frozen_time):
    install(office, "pengumpulan-unit")
    builders.give_indicators(office, units=office.units[2:4])
    sent = typed([*OWN, Column("evidence", "Lampiran")], act="enforce", start="3 Februari 2026", reason="Diminta")
    client_for(office.admin).post("/atur/formulir/unit/susun/", sent)
    sheet = opened(office, office.units[2:4])

    heading, first, *_others = rows_in(of_quarter(head, sheet))

    assert heading == ["Unit", *OF_PAPER, "Lampiran", "Keadaan formulir", "Kunci"]
    assert first[8] == 0


def test_a_line_of_the_quarter_says_what_its_form_says_on_paper(office, composed, head, filler):
    builders.fill_in(office, composed.run, composed.first, "84,75", "90", who=office.kasi[0])

    quarter, form = rows_in(of_quarter(head, composed)), rows_in(of_form(filler, composed.sheet))

    assert [row[1:8] for row in quarter[1:3]] == [row[:-1] for row in form[1:]]
    assert quarter[1][ACTUAL:8] == [Decimal("84.75"), Decimal("105.94")]


def test_the_number_that_holds_stands_in_it_and_in_the_forms_own_what_was_handed_in(office, composed, head, filler):
    builders.fill_in(office, composed.run, composed.first, "84,75", "90", who=office.kasi[0])
    correct(office, composed.sheet, Decimal("81.5"))

    quarter, form = rows_in(of_quarter(head, composed)), rows_in(of_form(filler, composed.sheet))

    assert quarter[1][ACTUAL:8] == [Decimal("81.5"), Decimal("101.88")]
    assert form[1][5:7] == [Decimal("84.75"), Decimal("105.94")]
    assert quarter[2][ACTUAL] == 90


def test_a_number_that_was_corrected_says_since_when_and_what_it_was(office, composed, head):
    builders.fill_in(office, composed.run, composed.first, "84,75", "90", who=office.kasi[0])
    before = [row[8] for row in rows_in(of_quarter(head, composed))[1:3]]
    correct(office, composed.sheet, Decimal("81.5"))

    after = [row[8] for row in rows_in(of_quarter(head, composed))[1:3]]

    assert before == ["Diajukan, belum diverifikasi"] * 2
    assert after == [f"{before[0]}. Realisasi diperbaiki 3 Feb 2026, semula 84,75.", before[1]]


def test_a_row_that_nobody_touched_is_none_to_reject_whatever_was_corrected(office, composed, head, filler):
    builders.fill_in(office, composed.run, composed.second, "84,75", "90", who=office.kasi[1])
    correct(office, Sheet.objects.get(run=composed.run, unit=composed.second), Decimal("81.5"))
    rows = rows_in(of_quarter(head, composed))
    rows[1][ACTUAL] = 84

    page = send(filler, composed, rows)

    assert "0 baru, 1 berubah, 3 tetap, 0 ditolak" in page.text
    rows[3][ACTUAL] = Decimal("84.75")
    again = send(filler, composed, rows)
    assert "1 berubah, 2 tetap, 1 ditolak" in again.text and "sudah diajukan" in again.text


def test_it_comes_back_under_headings_of_its_own(composed, head, filler):
    rows = rows_in(of_quarter(head, composed))
    rows[1][ACTUAL], rows[1][NOTE], rows[2][ACTUAL] = "84,75", "Hasil survei", Decimal(90)

    page = send(filler, composed, rows)
    filler.post(page.redirect_chain[-1][0], follow=True)

    assert "0 baru, 2 berubah, 2 tetap, 0 ditolak" in page.text
    first, second = composed.sheet.lines.order_by("figure__no")
    assert (first.amount, first.note, second.amount) == (Decimal("84.75"), "Hasil survei", 90)


def test_a_column_that_was_moved_alone_is_told_under_its_own_heading(composed, head, filler):
    """Names sorted without their keys would put numbers on the wrong line."""
    quarter, form = rows_in(of_quarter(head, composed)), rows_in(of_form(filler, composed.sheet))
    quarter[1][NAME], quarter[2][NAME] = quarter[2][NAME], quarter[1][NAME]
    form[1][1], form[2][1] = form[2][1], form[1][1]

    of_all = send(filler, composed, quarter)
    of_one = filler.post(f"/isian/{composed.sheet.pk}/impor/", {"file": saved(form)})

    assert "2 tetap, 2 ditolak" in of_all.text and "Urutkan seluruh kolom sekaligus" in of_all.text
    assert "2 ditolak" in of_one.text and "Urutkan seluruh kolom sekaligus" in of_one.text


@pytest.mark.parametrize(
    "columns",
    [
        # The unit stands in a column of its own, the indicator under its usual heading.
        [Column("indicator"), Column("unit"), Column("actual"), Column("note")],
        # What the indicator is usually called stands over another column.
        [Column("sasaran", "Indikator Kinerja"), Column("indicator", "IKU"), Column("actual"), Column("note")],
        # Two columns that only their places tell apart.
        [Column("indicator", "Uraian"), Column("sasaran", "Uraian"), Column("actual"), Column("note")],
    ],
)
def test_what_went_out_comes_back_unchanged_whatever_its_headings(office, client_for, columns, frozen_time):
    install(office, "pengumpulan-unit")
    units = office.units[2:4]
    builders.give_indicators(office, units=units)
    compose(office, columns, waiver="Cukup empat")
    sheet, head = opened(office, units), client_for(office.camat)
    filler = client_for(office.kasi[0])
    quarter, form = rows_in(of_quarter(head, sheet)), rows_in(of_form(filler, sheet))

    of_all = send(filler, sheet, quarter)
    of_one = filler.post(f"/isian/{sheet.pk}/impor/", {"file": saved(form)})

    assert "0 berubah, 4 tetap, 0 ditolak" in of_all.text
    assert "0 baris berubah, 2 tetap, 0 ditolak" in of_one.text


def test_who_joins_late_gets_the_form_that_the_others_have_so_a_quarter_has_one(office, composed, head):
    compose(office, [Column("indicator"), Column("actual"), Column("note")], waiver="Ringkas", reason="Ringkas")
    late = office.units[4]
    builders.give_indicators(office, units=[late])

    sheet = actions.add_member(
        period=composed.period, member=late.pk, by=office.actor(office.camat), reason="Seksi baru."
    )
    rows = rows_in(of_quarter(head, composed))

    assert sheet.edition == composed.sheet.edition and sheet.edition.no == 1
    assert rows[0] == ["Unit", *OF_PAPER, "Keadaan formulir", "Kunci"]
    assert [row[0] for row in rows[1:]].count(late.name) == 2


@pytest.mark.parametrize("kind", ["quarter", "form"])
def test_the_hidden_key_begins_with_a_letter_so_that_no_spreadsheet_takes_it_for_a_date(composed, head, filler, kind):
    content = of_quarter(head, composed) if kind == "quarter" else of_form(filler, composed.sheet)

    heading, *rows = rows_in(content)

    assert heading[-1] == "Kunci"
    keys = [row[-1] for row in rows]
    assert all(re.fullmatch(r"[a-z]\d+-\d+", key) for key in keys), keys
    lines = Line.objects.filter(sheet__run=composed.run)
    lines = lines if kind == "quarter" else lines.filter(sheet=composed.sheet)
    assert {int(key[1:].split("-")[0]) for key in keys} == set(lines.values_list("pk", flat=True))
    last = len(heading)
    assert f'<col min="{last}" max="{last}" width="12.7109375" hidden="1"' in part(content, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(("kind", "column"), [("quarter", "G"), ("form", "F")])
def test_only_what_may_be_filled_in_is_open_and_held_against_what_fits(composed, head, filler, kind, column):
    composed.sheet.lines.filter(figure__no=2).update(editable=False)
    content = of_quarter(head, composed, "?edar") if kind == "quarter" else of_form(filler, composed.sheet)

    page = part(content, "xl/worksheets/sheet1.xml")

    assert "<sheetProtection" in page and 'type="decimal"' in page
    ranges = re.findall(r'<dataValidation type="decimal"[^>]*sqref="([^"]+)"', page)
    # The second line is settled: nothing is typed there.
    assert ranges == [f"{column}7", f"{column}9:{column}10"][: 2 if kind == "quarter" else 1]


def test_it_is_read_batch_by_batch_and_never_asks_more_for_a_longer_batch(office, composed, monkeypatch):
    compose(office, [*OWN, Column("last"), Column("evidence")], reason="Lengkap")
    for unit in office.units[2:4]:
        builders.fill_in(office, composed.run, unit, "84,75", "90", who=office.kasi[office.units.index(unit) - 2])
    by = office.actor(office.camat)
    _name, whole = period_workbook(composed.period, by)
    at_once = asked(lambda: period_workbook(composed.period, by))

    monkeypatch.setattr(export, "AT_ONCE", 3)
    in_two = asked(lambda: period_workbook(composed.period, by))
    _name, parts = period_workbook(composed.period, by)

    assert rows_in(parts) == rows_in(whole)
    assert (at_once, in_two) == (8, 9), (
        "edition, quotients, scale of predicates, whose forms, the lines, and once a batch the numbers that hold"
    )


def test_the_period_before_and_the_evidence_are_asked_once_a_batch_where_they_are_columns(office, head, frozen_time):
    install(office, "pengumpulan-unit")
    units = office.units[2:4]
    builders.give_indicators(office, units=units)
    compose(office, [*OWN, Column("last"), Column("evidence")])
    sheet = opened(office, units)
    before = before_it(office, sheet)
    by = office.actor(office.camat)

    rows = rows_in(of_quarter(head, sheet))

    assert rows[1][8:10] == [before, 0]
    assert asked(lambda: period_workbook(sheet.period, by)) == 8


def before_it(office, sheet):
    """A number of the first line's indicator in the quarter before."""
    from runut.collection.models import Figure, Period, Value

    figure, period = sheet.lines.get(figure__no=1).figure, sheet.period
    past = Period.objects.create(
        instansi=office.instansi, office=office.office, year=2025, quarter=4, basis="unit", opened_at=period.opened_at
    )
    old = Figure.objects.create(
        instansi=office.instansi, period=past, indicator=figure.indicator, member=figure.member, unit=figure.unit, no=1
    )
    Value.objects.create(
        instansi=office.instansi, figure=old, no=1, amount=Decimal("79.5"), measure="measured", at=period.opened_at,
        by=office.camat, by_title="Camat",
    )  # fmt: skip
    return Decimal("79.5")


def asked(act):
    act()
    with CaptureQueriesContext(connection) as context:
        act()
    return len(context)
