"""Periksa tabel: tables with a group of columns for each year or quarter, and headings of two rows."""

import json

import pytest

from runut.collection.rules.table import as_row, left_out, lint_table
from runut.lib.errors import Refused
from runut.lib.tables import table_of
from tests.collection.test_lint_table import run

YEARS = (
    "Indikator;Satuan;Target 2023;Realisasi 2023;Capaian 2023;Target 2024;Realisasi 2024;Capaian 2024\n"
    "IKM;indeks;80;82;102,5;81;83;110\n"
)


def told(text):
    return [
        (row.row, row.read.printed.group, row.verdict, as_row(row)["computed"]) for row in lint_table(table_of(text))
    ]


def test_the_columns_of_every_year_are_checked():
    assert told(YEARS) == [(1, "2023", "agrees", "102.50"), (1, "2024", "wrong", "102.47")]


@pytest.mark.parametrize(
    "text",
    [
        "Indikator;Target TW I;Realisasi TW I;Capaian TW I;Target TW II;Realisasi TW II;Capaian TW II\n"
        "IKM;80;82;102,5;81;83;110\n",
        "Indikator;Target;Realisasi Triwulan 1;% Triwulan 1;Realisasi Triwulan 2;Capaian Triwulan 2\n"
        "IKM;80;82;102,5;82;110\n",
        "No;Indikator;TW I;;;TW II;;\n;;Target;Realisasi;%;Target;Realisasi;%\n"
        "1;2;3;4;5;6;7;8\n1;IKM;80;82;102,5;81;83;110\n",
        "Indikator;Target;;Realisasi;;Capaian (%);\n;TW I;TW II;TW I;TW II;TW I;TW II\nIKM;80;81;82;83;102,5;110\n",
    ],
)
def test_the_columns_of_every_quarter_are_checked(text):
    assert [(no, group, verdict) for no, group, verdict, _computed in told(text)] == [
        (1, "TW I", "agrees"),
        (1, "TW II", "wrong"),
    ]


def test_the_period_of_a_group_is_named_in_its_explanation():
    first, second = map(as_row, lint_table(table_of(YEARS)))

    assert first["explanation"].startswith("2023: ") and second["explanation"].startswith("2024: ")
    assert set(first) == {"row", "computed", "state", "verdict", "cap", "slips", "explanation"}


def test_names_above_and_below_are_one_heading():
    text = "Indikator;Satuan;Tahun 2023;;;Tahun 2024;;\n;;Target;Realisasi;Capaian;Target;Realisasi;Capaian\n"

    assert told(text + "IKM;indeks;80;82;102,5;81;83;110\n") == told(YEARS)


def test_columns_of_money_under_a_common_heading_are_left_out_and_said_so():
    text = "Indikator;Kinerja;;;Anggaran;;\n;Target;Realisasi;%;Pagu;Realisasi;%\nIKM;80;82;102,5;1000;900;90\n"

    assert told(text) == [(1, "", "agrees", "102.50")]
    assert left_out(table_of(text)) == ("Anggaran Pagu", "Anggaran Realisasi", "Anggaran %")


def test_an_achievement_under_a_sign_of_per_cent_is_read():
    assert told("Indikator;Target;Realisasi;%\nIKM;81;83;110\n") == [(1, "", "wrong", "102.47")]


def test_a_column_that_belongs_to_no_group_is_named(capsys, tmp_path):
    file = tmp_path / "tabel.csv"
    file.write_text("Indikator;Realisasi 2023;Target 2024;Realisasi 2024;Capaian 2024\nIKM;7;80;82;102,5\n")

    status, printed = run(capsys, file, "--format", "json")

    assert (status, json.loads(printed.out)["verdict"]) == (0, "agrees")
    assert "Kolom ini tidak diperiksa: Realisasi 2023." in printed.err


def test_a_table_that_is_read_whole_leaves_nothing_out():
    assert left_out(table_of(YEARS)) == ()


@pytest.mark.parametrize("words", ["Rata-rata;;;101", ";Rata-rata capaian;;101", "Jumlah;2;2;"])
def test_a_row_that_sums_up_is_no_indicator(words):
    found = lint_table(table_of(f"Indikator;Target;Realisasi;Capaian\nIKM;80;80;100\n{words}\n"))

    assert [row.read.printed.indicator for row in found] == ["IKM"]


def test_an_average_may_be_an_indicator():
    found = lint_table(table_of("Indikator;Target;Realisasi\nRata-rata lama sekolah;8;8\nJumlah aduan;3;3\n"))

    assert len(found) == 2


def test_a_heading_needs_its_columns_in_two_rows_as_well():
    with pytest.raises(Refused, match="tidak ditemukan: Indikator"):
        lint_table(table_of("Tahun;2023;;2024;\n;Target;Realisasi;Target;Realisasi\nIKM;1;2;1;2\n"))


PAIRS = "tahun;indikator;target;realisasi;capaian\n"


def test_one_direction_of_an_indicator_is_that_of_its_other_years():
    found = lint_table(table_of(f"{PAIRS}2023;AKI;95;162,1;29,37\n2024;AKI;95;100;99\n"))

    assert [(row.method, row.verdict) for row in found] == [("negative", "agrees"), ("negative", "wrong")]
    assert [as_row(row)["computed"] for row in found] == ["29.37", "94.74"]


def test_a_direction_that_changes_from_year_to_year_is_told():
    found = lint_table(table_of(f"{PAIRS}2023;AKI;95;162,1;29,37\n2024;AKI;95;114;120,00\n"))

    assert [row.slips for row in found] == [["direction_changes"], ["direction_changes"]]
    assert "di baris 2 makin tinggi" in found[0].explanation
    assert "di baris 1 makin rendah" in found[1].explanation


def test_a_figure_below_the_bound_of_the_table_is_not_called_bounded_by_itself():
    rows = "A;50;80;120\nB;50;75;120\nC;50;75;110\n"

    last = lint_table(table_of(f"Indikator;Target;Realisasi;Capaian\n{rows}"))[-1]

    assert (last.verdict, last.cap, last.slips) == ("wrong", None, ["below_cap"])
    assert "dibatasi paling tinggi 110" not in last.explanation


def test_two_bounds_that_are_as_frequent_are_both_bounds():
    found = lint_table(table_of("Indikator;Target;Realisasi;Capaian\nA;50;80;120\nC;50;75;110\n"))

    assert [row.verdict for row in found] == ["capped", "capped"]
    assert not any("below_cap" in row.slips for row in found)


@pytest.mark.django_db
def test_the_page_names_the_period_and_what_was_left_out(office, client_for):
    text = YEARS.replace("Satuan", "Realisasi Anggaran")

    page = client_for(office.staf).post("/periksa-tabel/", {"text": text}).content.decode()

    assert "IKM (2024)" in page and "102,47%" in page
    assert "Kolom ini tidak diperiksa: Realisasi Anggaran." in page
    assert "1 dari 2 baris perlu dilihat" in page
