"""The form of an office, edition by edition: its columns and its indicators; a sheet keeps what it was opened with."""

import re
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction

from runut.audit.models import Entry
from runut.collection import actions
from runut.collection.models import FormEdition, Sheet
from runut.collection.queries import edition_on
from runut.collection.rules import SHIPPED, Column
from runut.lib.errors import Denied, Refused
from runut.lib.tables import read_table
from runut.planning.models import Indicator
from tests.cast import build_office
from tests.collection import builders
from tests.harness.scenes import scene
from tests.sop.play import install

PAGE = "/atur/formulir/unit/susun/"
TODAY = date(2026, 2, 3)
# Without the yearly target, the note before the number, and the achievement on paper.
OWN = (
    Column("no"), Column("indicator", "Indikator kita"), Column("unit"),
    Column("target"), Column("note"), Column("actual"),
    Column("achievement"),
)  # fmt: skip


@scene
def planned(office, frozen_time):
    """A collection procedure per unit in force, and two indicators of each of two units."""
    install(office, "pengumpulan-unit")
    units = office.units[2:4]
    builders.give_indicators(office, units=units)
    return units


def compose(office, columns=OWN, *, by=None, basis="unit", start=TODAY, indicators=(), reason="Diminta Camat", **more):
    return actions.compose_form(
        office=office.office, by=office.actor(by or office.admin), basis=basis, columns=columns, start=start,
        indicators=indicators, reason=reason, **more,
    )  # fmt: skip


def opened(office, units):
    run = builders.start_again(office, "pengumpulan-unit")
    builders.prepare(office, run, units, everybody=office.units)
    builders.distribute(office, run)
    return builders.sheet_of(run, units[0])


def typed(columns, **more):
    """What the page sends: order and heading of each column."""
    sent = {f"place-{each.code}": str(no) for no, each in enumerate(columns, 1)}
    return sent | {f"heading-{each.code}": each.heading for each in columns} | more


def headings(page):
    table = page.partition('<table class="grid">')[2].partition("</thead>")[0]
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<th scope=\"col\".*?</th>", table)]


def test_the_admin_composes_a_form_previews_it_and_puts_it_in_force(office, planned, client_for):
    client = client_for(office.admin)
    assert f'href="{PAGE}"' in client.get("/atur/formulir/").text

    first = client.get(PAGE).text
    preview = client.post(PAGE, typed(OWN, act="preview", start="3 Februari 2026", reason="Diminta Camat"))
    kept = FormEdition.objects.count()
    answer = client.post(PAGE, typed(OWN, act="enforce", start="3 Februari 2026", reason="Diminta Camat"), follow=True)

    assert 'name="place-sasaran"' in first and 'value="2"' in first
    assert preview.status_code == 200 and kept == 0
    assert preview.text.count("Indikator kita") >= 3
    assert "edisi 1" in answer.text
    edition = FormEdition.objects.get()
    assert (edition.no, edition.start, edition.basis) == (1, TODAY, "unit")
    assert [each["code"] for each in edition.columns] == [each.code for each in OWN]


def test_a_sheet_opened_afterwards_has_the_columns_on_screen_in_print_and_in_the_workbook(office, planned, client_for):
    compose(office)
    sheet, client = opened(office, planned), client_for(office.kasi[0])

    grid = headings(client.get(sheet.get_absolute_url()).text)
    paper = headings(client.get(f"/isian/{sheet.pk}/cetak/").text)
    book = read_table(client.get(f"/isian/{sheet.pk}/unduh/").content).rows[5]

    of_paper = ["No.", "Indikator kita", "Satuan", "Target Triwulan", "Keterangan", "Realisasi Triwulan", "Capaian (%)"]
    assert paper == of_paper
    assert list(book) == [*of_paper, "Kunci"]
    assert [each for each in grid if each not in ("Periode lalu", "Bukti")] == of_paper


def test_a_sheet_keeps_the_edition_it_was_opened_with(office, planned, client_for):
    sheet, client = opened(office, planned), client_for(office.kasi[0])
    before = headings(client.get(sheet.get_absolute_url()).text)

    compose(office)
    after = headings(client.get(sheet.get_absolute_url()).text)

    assert before == after and "Sasaran" in after
    assert Sheet.objects.get(pk=sheet.pk).edition is None


@pytest.mark.requirement("R-KEMLAGI-10")
def test_the_official_form_is_what_an_office_without_its_own_has(office, planned, client_for):
    sheet = opened(office, planned)

    page = client_for(office.kasi[0]).get(f"/isian/{sheet.pk}/cetak/").text

    assert headings(page) == [
        "No.", "Sasaran", "Indikator Kinerja", "Target Tahunan", "Target Triwulan", "Realisasi Triwulan", "Keterangan",
    ]  # fmt: skip


def test_a_form_is_filled_in_and_handed_in_under_its_own_edition(office, planned):
    compose(office)
    run = builders.start_again(office, "pengumpulan-unit")
    builders.prepare(office, run, planned, everybody=office.units)
    builders.distribute(office, run)

    builders.fill_in(office, run, planned[0], who=office.kasi[0])

    assert builders.sheet_of(run, planned[0]).state == "submitted"


def test_a_workbook_of_another_order_comes_back(office, planned, client_for):
    compose(office)
    sheet, client = opened(office, planned), client_for(office.kasi[0])
    rows = [list(row) for row in read_table(client.get(f"/isian/{sheet.pk}/unduh/").content).rows]
    rows[6][5] = "84,75"
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        for no, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write(no, column, str(cell))

    answer = client.post(f"/isian/{sheet.pk}/impor/", {"file": SimpleUploadedFile("isian.xlsx", buffer.getvalue())})

    assert answer.status_code == 200 and "84,75" in answer.text


def test_the_edition_says_which_indicators_in_which_order(office, planned):
    first, second = Indicator.objects.filter(unit=planned[0]).order_by("code")
    other = Indicator.objects.filter(unit=planned[1]).order_by("code").first()
    compose(office, indicators=[second.pk, first.pk, other.pk])

    sheet = opened(office, planned)

    lines = sheet.lines.order_by("figure__no")
    assert [line.figure.indicator.indicator_id for line in lines] == [second.pk, first.pk]
    assert Sheet.objects.get(run=sheet.run, unit=planned[1]).lines.count() == 1


def test_indicators_are_chosen_on_the_page(office, planned, client_for):
    second = Indicator.objects.filter(unit=planned[0]).order_by("code").last()
    sent = typed(OWN, act="enforce", start="3 Februari 2026", reason="Cukup satu", **{f"order-{second.pk}": "1"})

    client_for(office.admin).post(PAGE, sent | {"own_indicators": "1"})

    assert FormEdition.objects.get().indicators == [second.pk]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ([Column("no"), Column("actual"), Column("note")], "Indikator"),
        ([Column("indicator"), Column("note")], "Realisasi"),
        ([Column("indicator"), Column("actual")], "Keterangan"),
        ([*OWN, Column("no")], "dua kali"),
        ([*OWN, Column("rahasia")], "tidak dikenal"),
        ([*OWN[:5], Column("actual", "Hasil"), OWN[6]], "diawali"),
        ([*OWN[:4], Column("note", "Catatan"), *OWN[5:]], "Keterangan"),
        ([*OWN, Column("last", "Realisasi lalu")], "kolom Realisasi"),
    ],
)
def test_a_form_that_could_not_be_filled_in_is_refused(office, planned, columns, sentence):
    with pytest.raises(Refused, match=sentence):
        compose(office, columns)

    assert not FormEdition.objects.exists()


def test_the_achievement_is_not_left_out_silently_where_the_procedure_needs_it(office, planned):
    without = [each for each in OWN if each.code != "achievement"]

    with pytest.raises(Refused, match="persentase capaian") as refusal:
        compose(office, without)
    compose(office, without, waiver="Capaian dicetak pada rekap.")

    assert refusal.value.code == "waiver"
    assert FormEdition.objects.get().waiver == "Capaian dicetak pada rekap."


def test_the_official_columns_need_no_word_of_excuse(office, planned):
    official = [Column(code) for code in SHIPPED["unit"]]

    assert compose(office, official).waiver == ""


@pytest.mark.parametrize(
    ("more", "sentence"),
    [({"start": date(2026, 2, 2)}, "hari ini"), ({"reason": " "}, "alasan"), ({"indicators": [10**9]}, "bukan")],
)
def test_a_day_that_is_past_and_a_silent_change_are_refused(office, planned, more, sentence):
    with pytest.raises(Refused, match=sentence):
        compose(office, **more)


def test_an_edition_of_a_later_day_waits_for_it(office, planned, frozen_time):
    compose(office)
    second = compose(office, OWN[:6], start=date(2026, 3, 2), waiver="Tidak perlu", reason="Mulai Maret")

    assert edition_on(office.office, "unit", TODAY).no == 1
    assert edition_on(office.office, "unit", date(2026, 3, 2)) == second
    assert edition_on(office.office, "pegawai", TODAY) is None


def test_who_looks_after_the_office_composes_nobody_else(office, planned, client_for):
    other = build_office()

    for who in (office.staf, office.kasi[0]):
        with pytest.raises(Denied):
            compose(office, by=who)
        assert client_for(who).get(PAGE).status_code == 403
    with pytest.raises(Denied):
        actions.compose_form(
            office=office.office, by=other.actor(other.admin), basis="unit", columns=OWN, start=TODAY, indicators=(),
            reason="Iseng",
        )  # fmt: skip


def test_it_is_logged_with_what_stood_before(office, planned):
    compose(office)

    entry = Entry.objects.get(event="form.composed")
    assert entry.stream == f"office:{office.office.pk}"
    assert entry.payload["before"]["columns"][1] == "sasaran"
    assert entry.payload["after"]["columns"][-1] == "achievement"
    assert entry.payload["reason"] == "Diminta Camat"


def test_an_edition_is_never_changed_and_neither_is_that_of_a_sheet(office, planned):
    compose(office)
    sheet = opened(office, planned)

    for change in (
        lambda: FormEdition.objects.update(columns=[]),
        lambda: FormEdition.objects.all().delete(),
        lambda: Sheet.objects.filter(pk=sheet.pk).update(edition=None),
    ):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_what_was_typed_wrongly_is_said_and_kept(office, planned, client_for):
    sent = typed(OWN, act="enforce", start="kapan-kapan", reason="x") | {"place-note": ""}

    answer = client_for(office.admin).post(PAGE, sent)

    assert answer.status_code == 422 and "Indikator kita" in answer.text
    assert not FormEdition.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"place-sasaran": "dua"}, "Sasaran: nomor urut ditulis dengan angka, bukan “dua”."),
        ({"place-sasaran": "1"}, "Nomor urut 1 dipakai lebih dari sekali"),
    ],
)
def test_a_place_that_could_only_be_guessed_is_refused(office, planned, client_for, wrong, sentence):
    sent = typed(OWN, act="enforce", start="3 Februari 2026", reason="Diminta Camat") | wrong

    answer = client_for(office.admin).post(PAGE, sent)

    assert (answer.status_code, FormEdition.objects.count()) == (422, 0)
    assert sentence in answer.text


def test_the_review_shows_the_columns_of_the_edition_beside_the_comparison(office, planned, client_for):
    compose(office)
    run = builders.start_again(office, "pengumpulan-unit")
    builders.prepare(office, run, planned, everybody=office.units)
    builders.distribute(office, run)
    builders.fill_in(office, run, planned[0], who=office.kasi[0])

    page = client_for(office.sekretaris).get(f"/validasi/{builders.sheet_of(run, planned[0]).pk}/").text

    heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", page)
    assert heads[:4] == ["Indikator kita", "Satuan", "Target Triwulan", "Triwulan IV 2025"]
    assert 'colspan="8"' in page
