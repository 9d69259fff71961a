"""Periksa tabel: published figures worked out anew, and the slips that are known."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from runut.collection.rules import achievement
from runut.collection.rules.table import as_row, is_finding, lint_table
from runut.lib.errors import Refused
from runut.lib.numbers import round_half_up
from runut.lib.tables import read_table, table_of
from tests.collection.counted import Version

PUBLISHED = Path(__file__).parent / "published.csv"
HEADER = "indikator;satuan;target;realisasi;capaian;predikat;polaritas"


def lint(*rows, sign=None, header=HEADER):
    return lint_table(table_of("\n".join([header, *rows])), sign)


def one(row, **more):
    return lint(row, **more)[0]


def expected():
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_published_row_is_classified_as_worked_out_by_hand():
    found = [as_row(row) for row in lint_table(read_table(PUBLISHED.read_bytes()))]

    assert [(row["row"], row["verdict"], row["computed"] or "") for row in found] == [
        (no, row["verdict"], row["computed"]) for no, row in enumerate(expected(), start=1)
    ]
    assert [row["slips"] for row in found] == [row["slips"].split() for row in expected()]
    assert all(row["explanation"] for row in found)


@pytest.mark.parametrize(
    ("row", "verdict", "computed", "cap"),
    [
        ("IKM;indeks;84;84,75;100,89;;", "agrees", "100.89", None),
        ("IKM;indeks;84;84,75;100,9;;", "agrees", "100.89", None),
        ("IKM;indeks;84;84,75;101;;", "agrees", "100.89", None),
        ("IKM;indeks;84;84,75;100,8;;", "truncated", "100.89", None),
        ("IKM;indeks;84;84,75;100;;", "truncated", "100.89", None),
        ("IKM;indeks;50;84,75;120;;", "capped", "169.50", 120),
        ("IKM;indeks;50;84,75;100;;", "capped", "169.50", 100),
        ("IKM;indeks;84;84,75;99;;", "wrong", "100.89", None),
        ("AKI;kasus;95;162,1;29,37;;negatif", "agrees", "29.37", None),
        ("AKI;kasus;95;162,1;29,37;;", "agrees", "29.37", None),
        ("AKI;kasus;95;96;99;;", "wrong", "101.05", None),
        ("AKI;kasus;95;300;0;;negatif", "agrees", "0.00", None),
        ("IKM;indeks;84;84,75;;;", "no_figure", "100.89", None),
        ("IKM;indeks;84;;100;;", "not_computable", None, None),
        ("IKM;indeks;84;n/a;100;;", "not_computable", None, None),
        ("IKM;indeks;baik;84,75;100;;", "not_computable", None, None),
        ("IKM;indeks;0;0;100;;", "not_computable", None, None),
        ("Suap;%;0;0;100;;negatif", "agrees", "100.00", None),
        ("Opini;opini;WTP;WTP;100;Tercapai;", "not_computable", None, None),
        ("Waktu;menit;≤5;4;100;;", "agrees", "100.00", None),
        ("Indeks;indeks;80-90;92;102,2;;", "agrees", "102.22", None),
        ("Waktu;hari;5-7;14;0;;makin rendah makin baik", "agrees", "0.00", None),
        ("AKI;per;12/100;15/1000;12,5;;", "agrees", "12.50", None),
        ("AKI;;<49/100.000 penduduk;48/100.000 penduduk;100;;", "agrees", "100.00", None),
        ("AKI;;<49/100.000 penduduk;60;77,55;;negatif", "agrees", "77.55", None),
        ("AKI;;49/100.000 penduduk;38;77,55;;", "agrees", "77.55", None),
        ("AKI;per 100.000 penduduk;49;38/100.000;77,55;;", "agrees", "77.55", None),
        ("KTP;%;90;45/50;100;;", "agrees", "100.00", None),
        ("AKI;;0,015;15/1000;100;;", "agrees", "100.00", None),
        ("AKI;;15/1000;5/0;100;;", "not_computable", None, None),
        ("Waktu;;2 jam;30 menit;25;;", "not_computable", None, None),
        ("A;nilai;TRUE;TRUE;100;;", "not_computable", None, None),
        ("A;nilai;#REF!;#REF!;100;;", "not_computable", None, None),
        ("A;nilai;80;belum rilis*;;;", "not_computable", None, None),
        ("A;nilai;80;81;>100;;", "no_figure", "101.25", None),
        ("A;kasus;5;12;0,00;;", "wrong", "240.00", None),
    ],
)
def test_the_verdict(row, verdict, computed, cap):
    found = as_row(one(row))

    assert (found["verdict"], found["computed"], found["cap"]) == (verdict, computed, cap)


@pytest.mark.parametrize(
    ("rows", "no", "slip"),
    [
        (["IKM;indeks;84;84,75;84,75;;"], 1, "repeats_actual"),
        (["AKI;kasus;100;120;120;;negatif"], 1, "repeats_actual"),
        (["Stunting;%;14;12;85,71;;negatif"], 1, "formula_swapped"),
        (["Waktu;hari;3;2;150;;negatif"], 1, "formula_other"),
        (["Kasus;kasus;10;2;80;;negatif"], 1, "formula_other"),
        (["IKM;indeks;90;81;111,11;;positif"], 1, "formula_other"),
        (["Waktu;hari;3;2;150;;"], 1, "formula_other"),
        (["IKM;indeks;90;81;0,9;;"], 1, "as_fraction"),
        (["IKM;indeks;90;90;1;;"], 1, "as_fraction"),
        (["IKM;indeks;84;84,75;1,0089;;"], 1, "as_fraction"),
        (["A;%;0,8;78;97,5;;"], 1, "operand_as_fraction"),
        (["A;nilai;0,8;78;97,5;;"], 1, "operand_as_fraction"),
        (["A;%;80;0,78;97,5;;"], 1, "operand_as_fraction"),
        (["A;nilai;80;0,78;97,5;;"], 1, "operand_as_fraction"),
        (["A;%;80;0,78;0,98;;"], 1, "operand_as_fraction"),
        (["A;%;80;0,78;;;"], 1, "operand_as_fraction"),
        (["KTP;%;94;94,1;10,1;;"], 1, "digit_dropped"),
        (["Desa;%;70;66,7;95,24;;"], 1, "rounded_operand"),
        (["A;nilai;50;80;120;;", "B;nilai;50;75;150;;"], 2, "cap_uneven"),
        (["A;nilai;50;80;120;;", "B;nilai;50;75;112;;"], 2, "below_cap"),
        (["A;nilai;50;80;120;;", "B;nilai;50;75;120;;", "C;nilai;50;75;110;;"], 3, "below_cap"),
        (["PNBP;%;100;99;;Tercapai;"], 1, "label_contradicts"),
        (["SPIP;level;Level 3 Plus;Level 3;;Tercapai;"], 1, "label_contradicts"),
        (["A;nilai;100;70;70;Sangat Tinggi;"], 1, "label_contradicts"),
        (["A;%;80;90;112,5;Sangat Rendah;", "B;%;80;80;100;Sangat Baik;"], 1, "label_contradicts"),
        (["A;%;80;90;112,5;Sangat Rendah;", "B;%;80;80;100;Tercapai;"], 1, "label_contradicts"),
        (["Nilai SAKIP;nilai;80;81;;;", "nilai  sakip.;nilai;80;82;;;"], 2, "duplicate_indicator"),
        (["Persentase desa mandiri;%;90;104;;;"], 1, "above_hundred"),
        (["KTP;desa;19;190;1000;;"], 1, "sudden_jump"),
        (["A;nilai;10;10;;;", "A;nilai;100;110;;;"], 2, "sudden_jump"),
        (["A;%;90;100;;;", "B;%;95;100;;;", "C;%;80;100;;;"], 3, "all_hundred"),
        (["A;nilai;80,5;81,5;;;", "B;nilai;80,5;82.5;;;"], 2, "mixed_separators"),
        (["A;nilai;80,5;#DIV/0!;;;"], 1, "unreadable"),
    ],
)
def test_a_known_slip_is_named_in_its_row(rows, no, slip):
    found = lint(*rows)

    assert slip in found[no - 1].slips
    assert len(found[no - 1].notes) >= 2 or slip in ("all_hundred", "sudden_jump")
    assert is_finding(found[no - 1])


def test_a_figure_of_another_formula_is_no_dropped_digit_and_no_rounding():
    assert one("Waktu;hari;3,1;2,1;147,62;;negatif").slips == ["formula_other"]
    assert one("Waktu;hari;3,1;2,1;132,26;;negatif").verdict == "agrees"


@pytest.mark.parametrize(
    "rows",
    [
        ["IPM;indeks;70,38-70,76;70,5;100;;"],
        ["IPM;indeks;70,38-70,76;70,5;100;;", "AKI;per;<49/100.000 penduduk;48,5;100;;"],
        ["IPM;indeks;70.38-70.76;70.5;100;;", "IKM;indeks;80.5;81.5;101.24;;"],
        ["Tamu;orang;1.000-2.000;1.500;100;;", "IKM;indeks;80,5;81,5;101,24;;"],
    ],
)
def test_a_target_that_is_a_range_mixes_no_signs(rows):
    assert not any("mixed_separators" in row.slips for row in lint(*rows))


def test_a_range_in_the_other_writing_does():
    assert (
        "mixed_separators" in lint("A;indeks;80,5;81,5;;;", "B;indeks;70.38-70.76;70,5;;;", "C;x;1,5;2,5;;;")[1].slips
    )


HEADED = "tahun;indikator;target;realisasi;capaian"


@pytest.mark.parametrize(
    ("text", "doubled"),
    [
        (f"{HEADED}\n2023;IKM;80;80;100\n2024;IKM;81;81;100\n", []),
        (f"{HEADED}\n2024;IKM;80;80;100\n2024;IKM;81;81;100\n", [2]),
        ("indikator;target;realisasi;TW\nIKM;80;80;I\nIKM;81;81;II\nIKM;81;81;II\n", [3]),
        ("kecamatan;indikator;target;realisasi\nBatu;IKM;80;80\nKota;IKM;81;81\n", []),
        ("indikator;target;realisasi\nTahun 2023;;\nIKM;80;80\nTahun 2024;;\nIKM;81;81\nIKM;82;82\n", [3]),
        ("indikator;target;realisasi\n2023;;\nIKM;80;80\n2024;;\nIKM;81;81\n", []),
        ("indikator;target;realisasi\nIKM;80;80\nKTP;90;90\nindikator;target;realisasi\nIKM;81;81\n", []),
        ("indikator;target;realisasi\nIKM;80;80\nKTP;90;90\nIKM;81;81\nKTP;91;91\n", []),
        ("indikator;target;realisasi\nIKM;80;80\nKTP;90;90\nIKM;81;81\n", [3]),
        ("indikator;target;realisasi\nIKM;80;80\nIKM;81;81\n", [2]),
    ],
)
def test_the_same_indicator_in_another_period_is_no_duplicate(text, doubled):
    found = lint_table(table_of(text))

    assert [row.row for row in found if "duplicate_indicator" in row.slips] == doubled
    assert all(row.read.printed.indicator in ("IKM", "KTP") for row in found)


def test_the_message_of_a_spreadsheet_is_explained_once_in_a_row():
    found = one("A;nilai;#DIV/0!;#DIV/0!;#DIV/0!;;")

    assert found.slips == ["unreadable"]
    assert found.explanation.count("pesan kesalahan Excel") == 1


@pytest.mark.parametrize("text", [HEADER, f"{HEADER}\n;;;;;;\n", f"{HEADER}\n1;2;3;4;5;6;7\n"])
def test_a_table_without_rows_is_no_table_without_faults(text):
    with pytest.raises(Refused, match="tidak ada baris") as refusal:
        lint_table(table_of(text))

    assert refusal.value.code == "no_rows"


PLAIN = st.integers(min_value=1, max_value=500)


@given(target=PLAIN, actual=PLAIN, direction=st.sampled_from(["positif", "negatif"]))
def test_what_the_asked_formula_gives_agrees_and_what_another_gives_never_passes_in_silence(target, actual, direction):
    methods = {"positif": "positive", "negatif": "negative"}
    for name in ("positive", "negative", "inverse"):
        figure = achievement(Decimal(actual), "", "measured", Decimal(target), "", Version(method=name)).raw
        written = f"{round_half_up(figure, 2):f}".replace(".", ",")
        found = one(f"A;nilai;{target};{actual};{written};;{direction}")
        told = {"formula_swapped", "formula_other", "repeats_actual"} & set(found.slips)
        assert found.verdict in ("agrees", "truncated", "capped") or told
        assert found.verdict == "agrees" or name != methods[direction]


def test_a_sound_table_has_no_findings():
    rows = lint(
        "IKM;indeks;84;84,75;100,89;Tercapai;",
        "Desa;desa;19;18;94,74;Belum tercapai;",
        "Suap;kasus;0;0;;Tercapai;negatif",
    )

    assert not any(is_finding(row) for row in rows)


@pytest.mark.parametrize(
    ("row", "questioned"),
    [
        ("Kasus;kasus;0;5;0;;", True),
        ("IKM;indeks;80;nihil;500;;", True),
        ("IKM;indeks;;;50;;", True),
        ("Festival;kali;1;tidak diukur;100;;", True),
        ("Opini;opini;WTP;WDP;100;;", True),
        ("Opini;opini;WTP;WTP;50;;", True),
        ("SAKIP;nilai;BB;B;85;;", True),
        ("SAKIP;nilai;BB;B;0;;", False),
        ("SAKIP;nilai;BB;A;100;;", False),
        ("Opini;opini;WTP;WTP;100;;", False),
        ("IKM;indeks;80;nihil;;;", False),
        ("IKM;indeks;80;nihil;-;;", False),
    ],
)
def test_a_figure_that_nothing_can_be_worked_out_of_is_questioned(row, questioned):
    found = one(row)

    assert found.verdict == "not_computable"
    assert ("no_basis" in found.slips) == questioned == is_finding(found)
    assert ("Dari mana angka itu?" in found.explanation) == questioned


@pytest.mark.parametrize(
    "direction",
    ["negatif", "makin rendah makin baik", "Semakin rendah semakin baik", "lebih rendah lebih baik", "Menurun",
     "semakin kecil semakin baik", "rendah"],
)  # fmt: skip
def test_where_less_is_better_only_that_formula_agrees(direction):
    right, swapped = one(f"Waktu;hari;3;2;133,33;;{direction}"), one(f"Waktu;hari;3;2;66,67;;{direction}")

    assert (right.verdict, right.slips) == ("agrees", [])
    assert (swapped.verdict, swapped.slips) == ("wrong", ["formula_swapped"])


def test_where_more_is_better_only_that_formula_agrees():
    right, swapped = one("IKM;poin;3;2;66,67;;semakin tinggi semakin baik"), one("IKM;poin;3;2;133,33;;lebih tinggi")

    assert (right.verdict, right.slips) == ("agrees", [])
    assert (swapped.verdict, swapped.slips) == ("wrong", ["formula_swapped"])


@pytest.mark.parametrize("heading", ["Arah", "Polaritas Indikator", "Sifat Indikator", "Jenis Polaritas"])
def test_the_direction_is_found_under_its_usual_headings(heading):
    header = f"indikator;target;realisasi;capaian;{heading}"

    assert one("Waktu;3;2;66,67;makin rendah makin baik", header=header).slips == ["formula_swapped"]


def test_the_direction_is_found_in_the_name_of_the_indicator():
    assert one("Waktu layanan (semakin rendah semakin baik);hari;3;2;66,67;;").slips == ["formula_swapped"]


def test_a_direction_that_is_not_understood_is_told():
    found = one("Waktu;hari;3;2;66,67;;zig-zag")

    assert found.slips == ["unreadable"]
    assert "Arah “zig-zag” tidak dikenali" in found.explanation


def test_a_share_may_grow_by_more_than_a_hundred():
    assert "above_hundred" not in one("Persentase peningkatan PAD;%;90;130;;;").slips


@pytest.mark.parametrize(
    ("sign", "cells", "actual"),
    [
        (None, "80.5;82.5", "82.5"),
        (None, "80,5;82,5", "82.5"),
        ("dot", "1.500;1.234", "1.234"),
        ("comma", "1.500;1.234", "1234"),
    ],
)
def test_the_decimal_sign_is_found_or_told(sign, cells, actual):
    assert one(f"A;nilai;{cells};;;", sign=sign).read.actual.low == Decimal(actual)


def test_the_heading_is_found_below_a_title_and_in_other_words():
    text = "Capaian Kinerja 2025;;;;\n;;;;\nNo;Indikator Kinerja;Target;Realisasi;Capaian (%)\n1;IKM;84;84,75;100,89\n"

    [row] = lint_table(table_of(text))

    assert (row.row, row.verdict, row.read.printed.indicator) == (1, "agrees", "IKM")


@pytest.mark.parametrize(
    "heading",
    [
        "Indikator Kinerja Utama (IKU);Target 2025;Realisasi 2025;% Capaian",
        "Indikator Kinerja Program;Target (%);Realisasi (%);Capaian (%)",
        "No;Indikator Kinerja;Target Kinerja;Realisasi Kinerja;Capaian Kinerja (%);Realisasi Anggaran",
    ],
)
def test_the_headings_of_other_agencies_are_understood(heading):
    cells = ["IKM", "84", "84,75", "100,89"]
    cells = ["1", *cells, "9"] if heading.startswith("No") else cells
    numbers = ";".join(str(no) for no in range(1, len(cells) + 1))

    [row] = lint_table(table_of(f"{heading}\n{numbers}\n{';'.join(cells)}\n"))

    assert (row.row, row.verdict) == (1, "agrees")


def test_a_workbook_that_shows_per_cent_holds_fractions():
    rows = [(Decimal("85.5"), Decimal("80.2")), (Decimal(80), Decimal(60)), (Decimal(3), Decimal(2))]
    cells = [("A", target, actual, Decimal(f"{actual / target:.15g}")) for target, actual in rows]
    table = type(table_of(""))((("Indikator", "Target", "Realisasi", "Capaian"), *cells))

    assert [row.verdict for row in lint_table(table)] == ["agrees"] * 3


def test_without_its_columns_a_table_is_refused_with_their_names():
    with pytest.raises(Refused, match="tidak ditemukan: Target, Realisasi"):
        lint_table(table_of("Indikator;Satuan\nIKM;indeks\n"))


@given(
    st.lists(st.lists(st.text(max_size=8), min_size=7, max_size=7), max_size=5), st.sampled_from([None, "dot", "comma"])
)
def test_whatever_stands_in_a_table_every_row_has_a_verdict_and_a_sentence(rows, sign):
    table = table_of(HEADER)
    table = type(table)(table.rows + tuple(tuple(cell.strip() for cell in row) for row in rows))

    if not any(cell.strip() for row in rows for cell in row):
        with pytest.raises(Refused) as refusal:
            lint_table(table, sign)
        assert refusal.value.code == "no_rows"
        return

    for row in lint_table(table, sign):
        assert row.explanation
        assert json.dumps(as_row(row))


def run(capsys, *arguments):
    try:
        call_command("lint_table", *map(str, arguments))
    except SystemExit as end:
        return end.code, capsys.readouterr()
    return 0, capsys.readouterr()


def test_the_command_prints_an_object_per_row(capsys):
    status, printed = run(capsys, PUBLISHED, "--format", "json", "--decimal", "dot")
    rows = [json.loads(line) for line in printed.out.splitlines()]

    assert status == 1
    assert [row["row"] for row in rows] == list(range(1, 62))
    assert set(rows[0]) == {"row", "computed", "state", "verdict", "cap", "slips", "explanation"}


@pytest.mark.parametrize("content", [None, "indikator;satuan\nx;y\n", "a\0b", f"{HEADER}\n"])
def test_the_command_says_what_it_cannot_read(capsys, tmp_path, content):
    file = tmp_path / "tabel.csv"
    if content is not None:
        file.write_text(content)

    status, printed = run(capsys, file, "--format", "json")

    assert status == 2
    assert json.loads(printed.out)["explanation"]


def test_a_clean_table_is_told_in_words(capsys, tmp_path):
    file = tmp_path / "tabel.csv"
    file.write_text(f"{HEADER}\nIKM;indeks;84;84,75;100,89;;\n")

    status, printed = run(capsys, file)

    assert (status, printed.out.splitlines()[-1]) == (0, "1 baris diperiksa, 0 dengan temuan.")
