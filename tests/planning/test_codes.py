"""National codes: what they name, where they lie, and what is no code."""

import pytest

from runut.lib.errors import Refused
from runut.planning.rules import depth_of, of_another_level, parent_code


@pytest.mark.parametrize(
    ("code", "depth", "above"),
    [
        ("7.01.02", "program", ""),
        ("X.XX.01", "program", ""),
        ("7.01.02.2.01", "kegiatan", "7.01.02"),
        ("7.01.02.1.01", "kegiatan", "7.01.02"),
        ("7.01.01.2.01.0006", "sub_kegiatan", "7.01.01.2.01"),
        ("7.01.01.2.01.06", "sub_kegiatan", "7.01.01.2.01"),
    ],
)
def test_a_code_says_what_it_names_and_under_what_it_lies(code, depth, above):
    assert (depth_of(code), parent_code(code)) == (depth, above)


@pytest.mark.parametrize(
    "code",
    [
        "", "7", "7.01", "7.1.02", "7.01.2", "7.01.02.3.01", "7.01.02.2", "7.01.02.2.1", "7.01.02.2.01.1",
        "7.01.02.2.01.00011",
     "70102201", "7,01,02", "a.01.02", "7.01.02 ", "7.01.02.2.01.0001.1"],
)  # fmt: skip
def test_what_is_no_code_is_refused_with_how_one_is_written(code):
    with pytest.raises(Refused, match=r"pola nasional.*7\.01\.02\.2\.01\.0001"):
        depth_of(code)


@pytest.mark.parametrize(
    ("code", "edition", "digits"),
    [("7.01.01.2.01.06", "900-2023", "4"), ("7.01.01.2.01.0006", "90-2019", "2"), ("7.01.01.2.01.006", "", "2 atau 4")],
)
def test_a_sub_kegiatan_ends_in_as_many_digits_as_its_nomenclature_says(code, edition, digits):
    with pytest.raises(Refused, match=f"menurut nomenklaturnya {digits} angka"):
        depth_of(code, edition)


@pytest.mark.parametrize(
    ("code", "government", "kind", "other"),
    [
        ("7.01.01.1.01", "Kabupaten Contoh", "kecamatan", "7.01.01.2.01"),
        ("7.01.01.1.01.0001", "Pemerintah Kota Contoh", "dinas", "7.01.01.2.01.0001"),
        ("7.01.01.1.01", "Contoh", "kecamatan", "7.01.01.2.01"),
        ("1.05.02.2.01", "Provinsi Contoh", "badan", "1.05.02.1.01"),
        ("7.01.01.2.01", "Kab. Contoh", "kecamatan", ""),
        ("1.05.02.1.01", "Pemerintah Provinsi Contoh", "dinas", ""),
        ("1.05.02.1.01", "Contoh", "dinas", ""),
        ("7.01.01", "Kabupaten Contoh", "kecamatan", ""),
        ("7.01.01.1.01", "Provinsi Contoh", "kecamatan", ""),
    ],
)
def test_a_code_of_the_other_level_of_government_is_questioned(code, government, kind, other):
    told = of_another_level(code, government, kind)

    assert bool(told) == bool(other)
    assert other in told
