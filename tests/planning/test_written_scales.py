"""A scale of predicates as it is typed and as it stands in a table: what is written out reads as the same."""

from decimal import Decimal

import pytest

from runut.lib.errors import Refused
from runut.planning.rules import (
    SHIPPED,
    WORDLESS,
    as_kept,
    from_kept,
    no_scale,
    own_scale,
    read_classes,
    read_scale,
    shipped_as,
    word_for,
    written_classes,
    written_scale,
)

OWN = own_scale(
    "Skala SPM", "Keputusan 7/2026", [("Level 3", Decimal("97.5")), ("Level 2", Decimal(80)), ("Level 1", None)]
)


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("Tuntas ≥ 100\nBelum tuntas", [("Tuntas", 100), ("Belum tuntas", None)]),
        ("Tuntas >= 100 %; Hampir tuntas mulai 90; Belum", [("Tuntas", 100), ("Hampir tuntas", 90), ("Belum", None)]),
        ("Level 3 97,5; Level 2: 80; Level 1", [("Level 3", Decimal("97.5")), ("Level 2", 80), ("Level 1", None)]),
        ("Baik = 80;; Kurang ≥ 0", [("Baik", 80), ("Kurang", 0)]),
        ("Baik; Kurang", [("Baik", None), ("Kurang", None)]),
        ("", []),
    ],
)
def test_classes_are_read_from_the_top(text, classes):
    assert read_classes(text) == classes


@pytest.mark.parametrize("scale", [*SHIPPED, OWN], ids=lambda scale: scale.code or "own")
def test_what_is_written_out_reads_as_the_same(scale):
    assert read_scale(written_scale(scale)) == scale
    assert from_kept(as_kept(scale)).classes == scale.classes


def test_a_scale_of_its_own_is_written_with_name_basis_and_classes():
    written = "Skala SPM | Keputusan 7/2026 | Level 3 ≥ 97,5; Level 2 ≥ 80; Level 1"

    assert written_scale(OWN) == written and shipped_as(OWN) == ""
    assert written_classes(OWN, "\n").splitlines() == ["Level 3 ≥ 97,5", "Level 2 ≥ 80", "Level 1"]
    assert (written_scale(None), read_scale("  "), from_kept(as_kept(None))) == ("", None, None)
    assert written_scale(SHIPPED[0]) == "Permendagri 86/2017" and shipped_as(SHIPPED[0]) == SHIPPED[0].code
    assert read_scale("permendagri  86/2017") == SHIPPED[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Skala kami", "tidak dikenal. Tulis salah satu: Permendagri 86/2017"),
        ("Nama | | Baik ≥ 80; Kurang", "tidak dikenal"),
        ("Nama | Dasar | Baik", "dua sampai delapan predikat"),
        ("Nama | Dasar | Baik ≥ 8,0.1; Kurang", "dua cara"),
        (f"Nama | Dasar | {'B' * 61} ≥ 8; Kurang", "paling banyak 60 huruf"),
    ],
)
def test_what_cannot_be_read_says_how_it_is_written(text, sentence):
    with pytest.raises(Refused, match=sentence):
        read_scale(text)


def test_the_indicators_own_scale_goes_before_the_offices():
    of_office = {"called": 0}

    def asked():
        of_office["called"] += 1
        return SHIPPED[0]

    assert word_for(Decimal(85), OWN, asked) == "Level 2" and of_office["called"] == 0
    assert word_for(None, None, asked) == "" and of_office["called"] == 0
    assert (word_for(Decimal(85), None, asked), word_for(Decimal(85), None, no_scale)) == ("Tinggi", "")


@pytest.mark.parametrize("text", ["Tanpa predikat", " tanpa  PREDIKAT "])
def test_an_indicator_may_go_without_words_whatever_its_office_says(text):
    scale = read_scale(text)

    assert scale == WORDLESS and written_scale(scale) == "Tanpa predikat"
    kept = from_kept(as_kept(scale))
    assert written_scale(kept) == "Tanpa predikat" and word_for(Decimal(95), kept, lambda: SHIPPED[0]) == ""
