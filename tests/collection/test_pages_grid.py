"""The grid between two people and beside the past: what the script is told, and the same without it."""

import gzip
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from runut.collection import actions
from runut.collection.models import Sheet, Value
from runut.collection.queries import rows_of
from runut.lib.tables import read_table
from tests.collection import builders
from tests.collection.builders import type_in
from tests.collection.test_import import saved
from tests.collection.test_import_preview import as_browser
from tests.sop.play import open_task


def _digest(sheet, no=1):
    return rows_of(sheet)[no - 1].digest


@pytest.fixture
def grid(people, client_for):
    """Post cells to the sheet of `people`; as its script does when asked for JSON."""
    client = client_for(people.a)

    def post(data, *, script=False):
        headers = {"accept": "application/json"} if script else {}
        return client.post(f"/isian/{people.sheet.pk}/", data, headers=headers)

    return post


@pytest.fixture
def clash(office, people):
    """The line after somebody has saved 90, and what a page from before says of it."""
    line = people.sheet.lines.get(figure__no=1)
    shown = _digest(people.sheet)
    type_in(office, people.sheet, people.a, "90")
    return line, {f"rev-{line.pk}": 0, f"was-{line.pk}": shown}


def test_the_script_gets_both_versions_and_keeps_what_was_saved(people, grid, clash):
    line, page = clash

    saved = grid({**page, f"v-{line.pk}": "70"}, script=True).json()["lines"][str(line.pk)]

    assert (saved["clash"], saved["now"]["v"], saved["state"], saved["rev"]) == (["v", "m"], "90", "is-failed", 1)
    assert "Isian Anda" in saved["under"] and "Yang tersimpan" in saved["under"]
    assert ">70<" in saved["under"] and ">90<" in saved["under"]


@pytest.mark.parametrize(("choice", "kept"), [("mine", 70), ("theirs", 90)])
def test_without_script_a_person_chooses_between_the_two(people, grid, clash, choice, kept):
    line, page = clash
    answer = grid({**page, f"v-{line.pk}": "70", f"n-{line.pk}": "Rekap Juni"})
    assert answer.status_code == 422
    assert 'value="Rekap Juni"' in answer.text

    line.refresh_from_db()
    again = {
        f"rev-{line.pk}": line.rev, f"was-{line.pk}": _digest(people.sheet), f"v-{line.pk}": "90",
        f"n-{line.pk}": "Rekap Juni", f"mine-v-{line.pk}": "70", choice: line.pk,
    }  # fmt: skip
    assert grid(again).status_code == 302

    line.refresh_from_db()
    assert (line.amount, line.note) == (kept, "Rekap Juni")


def test_going_on_without_choosing_loses_neither(people, grid, clash):
    line, _page = clash

    line.refresh_from_db()
    data = {f"rev-{line.pk}": line.rev, f"was-{line.pk}": _digest(people.sheet), f"v-{line.pk}": "90"}
    answer = grid({**data, f"mine-v-{line.pk}": "70", "act": "check"})

    assert answer.status_code == 422
    assert f'name="mine-v-{line.pk}" value="70"' in answer.text
    assert people.sheet.lines.get(figure__no=1).amount == 90


def test_a_cell_is_sent_alone_and_the_others_of_its_line_stay(people, grid):
    line = people.sheet.lines.get(figure__no=1)
    grid({f"v-{line.pk}": "84,75", f"rev-{line.pk}": 0}, script=True)

    grid({f"n-{line.pk}": "Survei Juni", f"rev-{line.pk}": 1, f"key-{line.pk}": "0123456789ab"}, script=True)

    line.refresh_from_db()
    assert (line.amount, line.note, line.keys) == (Decimal("84.75"), "Survei Juni", ["", "0123456789ab"])


def test_a_cell_that_cannot_be_read_shows_no_achievement_and_does_not_count(people, grid):
    line, other = people.sheet.lines.order_by("figure__no")
    grid({f"v-{line.pk}": "105", f"rev-{line.pk}": 0})

    answer = grid({f"v-{line.pk}": "1,234.56", f"rev-{line.pk}": 1}, script=True).json()
    later = grid({f"v-{other.pk}": "90", f"rev-{other.pk}": 0, "unread": f"{line.pk} x"}, script=True).json()
    page = grid({f"v-{line.pk}": "1,234.56", f"rev-{line.pk}": 1})

    assert (answer["lines"][str(line.pk)]["capaian"].strip(), answer["progress"]) == ("–", "0 dari 2 terisi")
    assert "Laporkan nihil" in answer["nil"] and later["nil"] == ""
    assert later["progress"] == "1 dari 2 terisi"
    assert page.status_code == 422 and "131,25%" not in page.text and "1 dari 2 terisi" in page.text


@pytest.fixture
def second(office, units):
    """The section's form of the quarter after one in which it said 84,75 and 90."""
    builders.fill_in(office, units.run, units.unit, who=units.kasi)
    run = builders.start_again(office, "pengumpulan-unit")
    builders.prepare(office, run, [units.unit], everybody=office.units, quarter=2)
    builders.distribute(office, run)
    return builders.sheet_of(run, units.unit)


def _save(office, units, sheet, typed, note=None):
    line = sheet.lines.get(figure__no=1)
    cell = actions.CellInput(typed=typed, rev=line.rev, note=note)
    return actions.save_lines(sheet=sheet, by=office.actor(units.kasi), cells={line.pk: cell})


def test_a_number_with_its_comma_lost_asks_and_offers_what_was_meant(office, units, second, client_for):
    client, line = client_for(units.kasi), second.lines.get(figure__no=1)
    address = f"/isian/{second.pk}/"

    page = client.post(address, {f"v-{line.pk}": "8475", f"rev-{line.pk}": 0}, follow=True).text

    assert "8.475 jauh berbeda dari periode lalu (84,75)." in page
    assert "Maksud Anda 84,75?" in page
    assert f'href="#n-{line.pk}"' in page
    client.post(address, {f"v-{line.pk}": "8475", f"rev-{line.pk}": 1, f"use-{line.pk}": "84,75"})
    line.refresh_from_db()
    assert line.amount == Decimal("84.75")


def test_with_a_reason_the_hint_is_quiet_and_the_check_names_it(office, units, second, client_for):
    client, line = client_for(units.kasi), second.lines.get(figure__no=1)
    address, why = f"/isian/{second.pk}/", "Cakupan survei menjadi se-kabupaten."
    _save(office, units, second, "8475")
    assert "data-explained" not in client.get(address).text

    _save(office, units, second, "8475", note=why)

    page, checked = client.get(address).text, client.get(f"{address}periksa/").text
    assert f"8.475 jauh berbeda dari periode lalu (84,75). Alasan: {why}" in page and "data-explained" in page
    assert "Maksud Anda" not in page and f'name="use-{line.pk}"' not in page and f'href="#n-{line.pk}"' not in page
    assert f"8.475 jauh berbeda dari periode lalu (84,75). Alasan: {why}" in checked


def test_a_jump_is_handed_in_with_its_reason_only(office, units, second, client_for):
    type_in(office, second, units.kasi, "8475", "90")
    client, address = client_for(units.kasi), f"/isian/{second.pk}/periksa/"
    before = Value.objects.count()

    refused = client.post(address, {"key": "satu", "act": "complete"})
    _save(office, units, second, "8475", note="Cakupan survei menjadi se-kabupaten.")
    client.post(address, {"key": "dua", "act": "complete"})

    assert refused.status_code == 422
    assert "Bila sudah benar, tulis sebabnya di keterangan." in refused.text
    assert Value.objects.count() == before + 2
    assert Sheet.objects.get(pk=second.pk).state == "submitted"


def test_the_reviewer_reads_once_why_a_jump_is_right(office, units, second, client_for):
    why = "Cakupan survei menjadi se-kabupaten."
    type_in(office, second, units.kasi, "8475", "90")
    _save(office, units, second, "8475", note=why)
    client_for(units.kasi).post(f"/isian/{second.pk}/periksa/", {"key": "dua", "act": "complete"})

    page = client_for(office.sekretaris).get(f"/validasi/{second.pk}/").text

    assert "8.475 jauh berbeda dari periode lalu (84,75).</p>" in page
    assert page.count(why) == 1


def test_a_value_worse_than_the_last_asks_but_holds_nothing_up(office, units, second, client_for):
    type_in(office, second, units.kasi, "80", "90")

    page = client_for(units.kasi).get(f"/isian/{second.pk}/").text
    task = open_task(second.run, "isi", second.member)
    actions.submit_sheet(task_id=task.pk, by=office.actor(units.kasi))

    assert "80 lebih buruk dari periode lalu (84,75)." in page
    assert "Maksud Anda" not in page
    assert Sheet.objects.get(pk=second.pk).state == "submitted"


def test_what_an_accumulated_figure_was_last_quarter_is_no_measure(office, units, second):
    from runut.planning.models import IndicatorVersion

    IndicatorVersion.objects.update(aggregation="cumulative")
    _save(office, units, second, "80")

    [row, _other] = rows_of(second)
    assert (row.cell.polarity, [found.field for found in row.warnings]) == ("", ["evidence"])


def test_an_accumulated_figure_that_fell_by_much_asks(office, units, second, client_for):
    from runut.planning.models import IndicatorVersion

    IndicatorVersion.objects.update(aggregation="cumulative", polarity="positive")
    _save(office, units, second, "60")

    page = client_for(units.kasi).get(f"/isian/{second.pk}/").text

    assert "60 lebih buruk dari periode lalu (84,75)." in page


def test_the_past_of_a_figure_takes_no_further_query(office, units, second, django_assert_num_queries):
    sheet = Sheet.objects.select_related("period").get(pk=second.pk)
    first = Sheet.objects.select_related("period").get(pk=units.sheet.pk)
    rows_of(sheet)

    with django_assert_num_queries(4):
        assert [value.amount for value in rows_of(sheet)[0].past] == [Decimal("84.75")]
    with django_assert_num_queries(4):
        assert rows_of(first)[0].past == ()


def test_all_scripts_together_are_small_enough_for_a_slow_line():
    [folder] = settings.STATICFILES_DIRS
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in (Path(folder) / "js").glob("*.js")}

    assert {"sheet.js", "queue.js", "paste.js", "evidence.js"} <= sizes.keys()
    assert sum(sizes.values()) <= 35_000


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("85", None),
        ("84,75", None),
        ("1.5", "dibaca: 1,5 (satu koma lima)"),
        ("84.75", "dibaca: 84,75 (delapan puluh empat koma tujuh lima)"),
        ("97,5 %", "dibaca: 97,5 (sembilan puluh tujuh koma lima). Satuan indikator ini indeks, bukan persen."),
        ("Rp 1.200", "dibaca: 1.200 (seribu dua ratus). Satuan indikator ini indeks, bukan rupiah."),
        ("83,5 indeks", "dibaca: 83,5 (delapan puluh tiga koma lima)"),
    ],
)
def test_a_cell_says_how_it_was_read_where_it_could_be_read_otherwise(people, grid, typed, told):
    line = people.sheet.lines.get(figure__no=1)

    under = grid({f"v-{line.pk}": typed, f"rev-{line.pk}": 0}, script=True).json()["lines"][str(line.pk)]["under"]

    assert (told or "data-echo hidden") in under and (told is not None or "dibaca" not in under)


def test_who_types_that_there_is_no_number_is_led_to_where_that_is_chosen(people, grid):
    line = people.sheet.lines.get(figure__no=1)
    href = f'href="/isian/{people.sheet.pk}/baris/{line.pk}/#keadaan"'

    page = grid({f"v-{line.pk}": "n/a", f"rev-{line.pk}": 0})
    said = grid({f"v-{line.pk}": "n/a", f"rev-{line.pk}": 0}, script=True).json()["lines"][str(line.pk)]["error"]
    other = grid({f"v-{line.pk}": "banyak", f"rev-{line.pk}": 0}).text

    assert href in page.text and href in said and "Pilih keadaannya" in said and href not in other


def test_a_number_in_the_other_writing_is_asked_about_and_offered_in_this_one(people, grid):
    line = people.sheet.lines.get(figure__no=1)

    page = grid({f"v-{line.pk}": "1,234.56", f"rev-{line.pk}": 0})
    grid({f"v-{line.pk}": "1,234.56", f"rev-{line.pk}": 0, f"use-{line.pk}": "1.234,56"})

    assert page.status_code == 422 and "Maksud Anda 1.234,56?" in page.text
    assert f'name="use-{line.pk}" value="1.234,56"' in page.text
    line.refresh_from_db()
    assert line.amount == Decimal("1234.56")


@pytest.mark.parametrize("page", ["", "baris/{}/"])
def test_what_is_wrong_with_a_value_stands_in_its_cell_and_describes_it(people, client_for, page):
    line, client = people.sheet.lines.get(figure__no=1), client_for(people.a)
    address = f"/isian/{people.sheet.pk}/" + page.format(line.pk)

    shown = client.post(address, {f"v-{line.pk}": "1,234.56", f"rev-{line.pk}": 0}).text

    field, _start, after = shown.partition(f'<div id="e-{line.pk}" data-error>')
    field = field[field.rindex("<input") :]
    assert f'name="v-{line.pk}"' in field and f'aria-describedby="e-{line.pk} u-{line.pk}"' in field
    said = after[: after.index("</div>")]
    assert "dapat dibaca dengan dua cara" in said or "Maksud Anda 1.234,56?" in said
    assert "Maksud Anda" not in after[after.index("</div>") :]


def test_the_script_is_told_what_is_wrong_beside_what_stands_under_the_line(people, grid):
    line = people.sheet.lines.get(figure__no=1)

    told = grid({f"v-{line.pk}": "1,234.56", f"rev-{line.pk}": 0}, script=True).json()["lines"][str(line.pk)]

    assert "Maksud Anda 1.234,56?" in told["error"] and "Maksud" not in told["under"]
    assert told["quiet"] is True


def test_a_value_far_from_the_only_one_before_is_asked_about(office, units, second, client_for):
    type_in(office, second, units.kasi, "200", "90")

    page = client_for(units.kasi).get(f"/isian/{second.pk}/").text

    assert "200 indeks: selama ini, dan menurut targetnya, paling tinggi 100." in page
    assert "Sudah benar, tulis sebabnya" in page and "Maksud Anda" not in page


def _look(client, sheet, actual, note=""):
    rows = [list(row) for row in read_table(client.get(f"/isian/{sheet.pk}/unduh/").content).rows]
    top = next(no for no, row in enumerate(rows) if "Kunci" in row)
    head = rows[top]
    rows[top + 1][head.index("Realisasi Triwulan")], rows[top + 1][head.index("Keterangan")] = actual, note
    return client.post(f"/isian/{sheet.pk}/impor/", {"file": saved(rows)})


def test_the_look_at_a_workbook_asks_what_the_form_will_ask(office, units, second, client_for):
    client, line, hint = client_for(units.kasi), second.lines.get(figure__no=1), "8.475 jauh berbeda dari periode lalu"

    plain, explained = _look(client, second, 8475), _look(client, second, 8475, "Se-kabupaten.")
    usual = _look(client, second, Decimal("84.9"))

    assert f"{hint} (84,75). Bila sudah benar, tulis sebabnya di keterangan." in plain.text
    assert f"{hint} (84,75). Alasan: Se-kabupaten." in explained.text and "data-hint" not in usual.text
    client.post(f"/isian/{second.pk}/", as_browser(plain))
    line.refresh_from_db()
    assert f"{hint} (84,75)." in client.get(f"/isian/{second.pk}/").text and line.amount == 8475
    checked = client.get(f"/isian/{second.pk}/periksa/").text
    assert f"{hint} (84,75). Bila sudah benar, tulis sebabnya di keterangan." in checked
