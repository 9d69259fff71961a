"""A realised value that is worked out from a numerator and a denominator: typed, pasted, from a workbook; and kept."""

import json
import re
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from django.db import Error, transaction

from runut.audit.models import Entry
from runut.collection import actions
from runut.collection.actions.values import append_value
from runut.collection.models import Line, Value
from runut.collection.queries import rows_of, sheet_hash
from runut.collection.rules import Parts, read_parts, realised, worked_out
from runut.lib.errors import Refused
from runut.lib.tables import read_table
from runut.planning.models import IndicatorVersion
from tests.collection import builders
from tests.collection.builders import review, sheet_of, submit
from tests.collection.test_import import saved
from tests.harness.scenes import scene

SHARE = SimpleNamespace(numerator="Berkas tepat waktu", denominator="Semua berkas", multiplier=Decimal(100), decimals=2)
WORDS = "Berkas tepat waktu 45 dibagi Semua berkas 60, dikali 100 = 75."


@scene
def form(office, frozen_time):
    """A form of two lines: a share of files, worked out from two numbers, and a plain index."""
    a = office.asn[0]
    builders.indicator(
        office, 1, "Berkas selesai tepat waktu", pegawai=a, unit_of_measure="persen", numerator=SHARE.numerator,
        numerator_unit="berkas", denominator=SHARE.denominator, denominator_unit="berkas",
    )  # fmt: skip
    builders.indicator(office, 2, "Nilai kepuasan", pegawai=a)
    run = builders.start(office)
    builders.prepare(office, run, [a])
    builders.distribute(office, run)
    sheet = sheet_of(run, a)
    share, index = sheet.lines.order_by("figure__no")
    return SimpleNamespace(run=run, a=a, kasi=office.kasi[0], sheet=sheet, share=share, index=index)


@pytest.fixture
def client(form, client_for):
    return client_for(form.a)


def url(form, more=""):
    return f"/isian/{form.sheet.pk}/{more}"


def fields(form, over, under, **more):
    """What a browser sends of the line."""
    line = Line.objects.get(pk=form.share.pk)
    row = next(row for row in rows_of(form.sheet) if row.line.pk == line.pk)
    sent = {f"v-{line.pk}": over, f"d-{line.pk}": under, f"rev-{line.pk}": line.rev, f"was-{line.pk}": row.digest}
    return {key: value for key, value in sent.items() if value is not None} | more


def kept(form):
    line = Line.objects.get(pk=form.share.pk)
    return line.numerator, line.denominator, line.amount, line.measure


def handed_in(office, form, over="45", under="60"):
    cells = {
        form.share.pk: actions.CellInput(typed=over, below=under, rev=form.share.rev),
        form.index.pk: actions.CellInput(typed="84", rev=form.index.rev),
    }
    saved_now = actions.save_lines(sheet=form.sheet, by=office.actor(form.a), cells=cells)
    assert saved_now.is_clean, saved_now
    submit(office, form.run, form.a)
    return Value.objects.get(figure=form.share.figure)


@pytest.mark.parametrize(
    ("over", "under", "amount"),
    [("45", "60", "75"), ("1", "3", "33.33"), ("2", "3", "66.67"), ("0", "8", "0"), ("1.250", "1.000", "125"),
     ("0,5", "0,25", "200"), ("1", "800", "0.13"), ("-3", "60", "-5")],
)  # fmt: skip
def test_the_one_calculation_rounds_half_up_as_the_dictionary_says(over, under, amount):
    assert realised(read_parts(over, under), SHARE) == Decimal(amount)


def test_it_is_told_in_words_that_give_the_same_again():
    assert worked_out(read_parts("45", "60"), SHARE) == WORDS
    assert worked_out(Parts(Decimal(45)), SHARE) == ""


def test_both_may_stand_in_one_cell():
    assert read_parts("45 / 60", "") == read_parts("45", "60") == read_parts("45÷60", "")


@pytest.mark.parametrize(
    ("over", "under", "sentence"),
    [("45", "0", "tidak dapat nol"), ("empat", "60", "angka"), ("1", "1" * 20, "panjang")],
)
def test_what_gives_no_value_is_refused_with_a_sentence(over, under, sentence):
    with pytest.raises(Refused, match=sentence):
        read_parts(over, under)


@pytest.mark.django_db
def test_the_grid_asks_for_both_and_shows_how_the_value_came_about(form, client):
    page = client.get(url(form)).text

    assert f'name="v-{form.share.pk}"' in page and f'name="d-{form.share.pk}"' in page
    assert f'name="d-{form.index.pk}"' not in page
    assert "Isi pembilang: Berkas tepat waktu (berkas); dan penyebut: Semua berkas (berkas)." in page

    client.post(url(form), fields(form, "45", "60"))

    assert kept(form) == (45, 60, 75, "measured")
    assert WORDS in client.get(url(form)).text


@pytest.mark.django_db
def test_the_page_of_the_line_asks_the_same(form, client):
    page = client.get(f"/isian/{form.sheet.pk}/baris/{form.share.pk}/")

    assert page.status_code == 200 and f'name="d-{form.share.pk}"' in page.text


@pytest.mark.django_db
def test_the_script_sends_one_at_a_time_and_is_told_both(form, client):
    headers = {"Accept": "application/json"}

    client.post(url(form), fields(form, "45", None), headers=headers)
    half = kept(form)
    answer = client.post(url(form), fields(form, None, "60"), headers=headers).json()

    assert half == (45, None, None, "not_filled")
    told = answer["lines"][str(form.share.pk)]
    assert (told["now"]["v"], told["now"]["d"]) == ("45", "60") and WORDS in told["under"]
    assert kept(form) == (45, 60, 75, "measured")


@pytest.mark.django_db
def test_what_is_wrong_with_one_of_them_is_said_and_stays_in_its_cell(form, client):
    page = client.post(url(form), fields(form, "45", "0"))

    assert page.status_code == 422 and "Penyebut tidak dapat nol" in page.text
    assert kept(form) == (None, None, None, "not_filled")
    assert 'value="45"' in page.text


@pytest.mark.django_db
def test_a_half_answer_is_not_handed_in(office, form, client):
    client.post(url(form), fields(form, "45", ""))

    with pytest.raises(Refused, match="satu saja belum cukup"):
        submit(office, form.run, form.a)


@pytest.mark.django_db
def test_two_people_who_typed_another_denominator_choose_between_both(office, form, client):
    mine = fields(form, "45", "60")
    actions.save_lines(
        sheet=form.sheet, by=office.actor(form.a),
        cells={form.share.pk: actions.CellInput(typed="45", below="50", rev=form.share.rev)},
    )  # fmt: skip

    page = client.post(url(form), mine)

    assert page.status_code == 422 and "45/60" in page.text and "45/50" in page.text
    assert kept(form)[:3] == (45, 50, 90)
    chosen = fields(form, "45", "50") | {
        f"mine-v-{form.share.pk}": "45", f"mine-d-{form.share.pk}": "60", "mine": str(form.share.pk)
    }  # fmt: skip
    client.post(url(form), chosen)
    assert kept(form)[:3] == (45, 60, 75)


@pytest.mark.django_db
def test_a_number_that_came_without_them_stays_until_they_are_typed(form, client):
    Line.objects.filter(pk=form.share.pk).update(amount=Decimal(70), measure="measured")

    client.post(url(form), fields(form, "", "") | {f"n-{form.share.pk}": "dari rekap"})
    before = kept(form)
    warned = [finding.text for row in rows_of(form.sheet) for finding in row.warnings]
    client.post(url(form), fields(form, "45", "60"))

    assert before == (None, None, 70, "measured") and "Pembilang dan penyebutnya belum diisi." in warned
    assert kept(form)[2] == 75


@pytest.mark.django_db
def test_both_are_handed_in_with_the_value_logged_and_never_changed(office, form):
    value = handed_in(office, form)

    assert (value.numerator, value.denominator, value.amount) == (45, 60, 75)
    logged = Entry.objects.get(event="sheet.submitted").payload["after"]["values"][0]
    assert {key: Decimal(logged[key]) for key in ("numerator", "denominator")} == {"numerator": 45, "denominator": 60}
    for change in (lambda: Value.objects.update(numerator=1), lambda: value.delete()):
        with pytest.raises(Error), transaction.atomic():
            change()


@pytest.mark.django_db
def test_the_reviewer_and_the_history_see_how_it_came_about(office, form, client_for):
    value = handed_in(office, form)
    client = client_for(form.kasi)

    reviewing = client.get(f"/validasi/{form.sheet.pk}/").text
    history = client.get(value.figure.get_absolute_url()).text

    assert WORDS in reviewing and WORDS in history
    assert WORDS in client_for(form.a).get(url(form)).text, "whoever handed it in still reads it"


@pytest.mark.django_db
def test_the_same_percentage_from_other_numbers_is_another_version(office, form):
    first = handed_in(office, form)
    before = sheet_hash(form.sheet)
    review(office, form.run, form.a, form.kasi, "return", {0: "pembilang keliru"})
    line = Line.objects.get(pk=form.share.pk)
    cells = {line.pk: actions.CellInput(typed="90", below="120", rev=line.rev)}
    actions.save_lines(sheet=form.sheet, by=office.actor(form.a), cells=cells)

    submit(office, form.run, form.a)

    second = Value.objects.get(figure=form.share.figure, no=2)
    assert (second.supersedes, second.amount, second.numerator, second.denominator) == (first, 75, 90, 120)
    assert sheet_hash(form.sheet) != before


@pytest.mark.django_db
def test_a_version_that_is_added_otherwise_says_its_own_parts(office, form):
    handed_in(office, form)

    value = append_value(
        figure=form.share.figure, by=office.actor(office.camat), amount=Decimal(80), cause="Salah.", reason="Rapat.",
        parts=Parts(Decimal(48), Decimal(60)),
    )  # fmt: skip

    assert (value.numerator, value.denominator, value.supersedes.numerator) == (48, 60, 45)


def rows_in(client, address):
    rows = [list(row) for row in read_table(client.get(address).content).rows][5:]
    return rows, rows[0].index("Pembilang"), rows[0].index("Penyebut")


@pytest.mark.django_db
def test_the_workbook_says_at_its_cells_which_numbers_are_wanted_and_takes_nothing_else(form, client):
    with ZipFile(BytesIO(client.get(url(form, "unduh/")).content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()

    rules = {re.search(r'sqref="(\w+)"', one)[1]: one for one in re.findall(r"<dataValidation [^>]*>", sheet)}
    assert set(rules) == {"D7", "E7", "F8"}
    assert all('type="decimal"' in one and 'errorTitle="Bukan angka"' in one for one in rules.values())
    assert 'prompt="Isi angkanya: Berkas tepat waktu (berkas). Realisasi dihitung sendiri."' in rules["D7"]
    assert 'prompt="Isi angkanya, bukan nol: Semua berkas (berkas). Realisasi dihitung sendiri."' in rules["E7"]
    assert "isi keduanya; Realisasinya dihitung sendiri." in sheet


@pytest.mark.django_db
def test_the_forms_workbook_asks_for_both_and_comes_back(form, client):
    rows, over, under = rows_in(client, url(form, "unduh/"))
    assert rows[0][over : under + 2] == ["Pembilang", "Penyebut", "Realisasi"]
    rows[1][over], rows[1][under] = 45, 60

    page = client.post(url(form, "impor/"), {"file": saved(rows)})
    [one] = page.context["found"].changed
    assert "1 baris berubah, 1 tetap, 0 ditolak" in page.text and "45/60" in page.text
    pk = form.share.pk
    client.post(url(form), {f"v-{pk}": one.typed, f"d-{pk}": one.below, f"n-{pk}": "", f"rev-{pk}": one.rev})

    assert kept(form) == (45, 60, 75, "measured")
    again = client.post(url(form, "impor/"), {"file": saved(rows_in(client, url(form, "unduh/"))[0])})
    assert "0 baris berubah, 2 tetap, 0 ditolak" in again.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "cell", "typed", "sentence"),
    [(1, 2, 80, "Realisasi ini dihitung sendiri"), (1, 1, 0, "tidak dapat nol"), (2, 0, 5, "tidak memakai pembilang")],
)
def test_what_a_workbook_cannot_say_is_told_row_by_row(office, form, client, client_for, row, cell, typed, sentence):
    client.post(url(form), fields(form, "45", "60"))
    rows, over, _under = rows_in(client, url(form, "unduh/"))
    rows[row][over + cell] = typed

    of_one = client.post(url(form, "impor/"), {"file": saved(rows)})
    all_rows, over, _under = rows_in(client_for(office.camat), f"/periode/{form.run.period.pk}/unduh/")
    all_rows[row][over + cell] = typed
    of_all = client.post(f"/periode/{form.run.period.pk}/impor/", {"file": saved(all_rows)}, follow=True)

    assert "1 tetap, 1 ditolak" in of_one.text and sentence in of_one.text
    assert "1 tetap, 1 ditolak" in of_all.text and sentence in of_all.text


@pytest.mark.django_db
def test_the_quarters_workbook_asks_for_both_and_comes_back(office, form, client, client_for):
    address = f"/periode/{form.run.period.pk}/"
    rows, over, under = rows_in(client_for(office.camat), f"{address}unduh/")
    rows[1][over], rows[1][under] = "45", "60"

    page = client.post(f"{address}impor/", {"file": saved(rows)}, follow=True)
    client.post(page.redirect_chain[-1][0], follow=True)

    assert "1 berubah, 1 tetap, 0 ditolak" in page.text and WORDS in page.text
    assert kept(form) == (45, 60, 75, "measured")


@pytest.mark.django_db
def test_a_quarter_without_such_an_indicator_has_no_such_columns(office, form, client_for):
    IndicatorVersion.objects.update(numerator="", denominator="")

    rows = [list(row) for row in read_table(client_for(form.a).get(url(form, "unduh/")).content).rows]

    assert "Pembilang" not in rows[5]


def paste(client, form, block, *, line=None, column="v"):
    sent = {"block": json.dumps(block), "line": str((line or form.share).pk), "column": column, "sign": "comma"}
    return client.post(url(form, "tempel/"), sent, headers={"Accept": "application/json"}).json()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("block", "cells"),
    [
        ([["45/60"], ["84"]], [("v", "45"), ("d", "60"), ("v", "84")]),
        ([["45", "60"]], [("v", "45"), ("d", "60")]),
        ([["Pembilang", "Penyebut"], ["45", "60"]], [("v", "45"), ("d", "60")]),
        (
            [["Indikator", "Penyebut", "Pembilang"], ["Berkas selesai tepat waktu", "60", "45"]],
            [("d", "60"), ("v", "45")],
        ),
    ],
)
def test_a_block_is_laid_over_both_inputs(form, client, block, cells):
    found = paste(client, form, block)

    assert [(cell["column"], cell["typed"]) for cell in found["cells"]] == cells


@pytest.mark.django_db
def test_a_bare_percentage_that_is_pasted_asks_for_both(form, client):
    found = paste(client, form, [["75"], ["84"]])

    assert "Tulis pembilang/penyebut, misalnya 45/60." in found["html"]
    assert [cell["line"] for cell in found["cells"]] == [form.index.pk]


@pytest.mark.django_db
def test_a_block_that_is_pasted_into_the_second_input_begins_there(form, client):
    found = paste(client, form, [["60", "dari register"]], column="d")

    assert [(cell["column"], cell["typed"]) for cell in found["cells"]] == [("d", "60"), ("n", "dari register")]
