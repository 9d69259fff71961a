"""Scales of predicates: every percentage has one word."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.collection.rules.scales import SHIPPED, Class, make_scale
from runut.lib.errors import Refused

SCALES = {scale.code: scale for scale in SHIPPED}


@pytest.mark.parametrize(
    ("code", "percent", "name"),
    [
        ("permendagri_86_2017", "91", "Sangat Tinggi"),
        ("permendagri_86_2017", "90.5", "Tinggi"),
        ("permendagri_86_2017", "75.3", "Sedang"),
        ("permendagri_86_2017", "50.99", "Sangat Rendah"),
        ("permendagri_86_2017", "140", "Sangat Tinggi"),
        ("enam_kelas", "85", "Sangat Baik"),
        ("enam_kelas", "85.01", "Memuaskan"),
        ("enam_kelas", "30", "Kurang"),
        ("tiga_kelas", "79.99", "Cukup"),
        ("tiga_kelas", "79.995", "Baik"),
        ("berhasil", "99.99", "Berhasil"),
        ("berhasil", "55", "Cukup Berhasil"),
        ("lampu", "90", "Kuning"),
        ("lampu", "90.01", "Hijau"),
        ("lampu", "69.99", "Merah"),
    ],
)
def test_a_percentage_has_its_word(code, percent, name):
    assert SCALES[code].class_of(Decimal(percent)).name == name


@given(st.decimals(min_value=0, max_value=1000, places=4), st.sampled_from(SHIPPED))
def test_more_is_never_a_lower_class(percent, scale):
    names = [one.name for one in scale.classes]

    assert names.index(scale.class_of(percent + 1).name) <= names.index(scale.class_of(percent).name)


@pytest.mark.parametrize("scale", SHIPPED, ids=lambda scale: scale.code)
def test_what_ships_is_sound_and_says_its_rule(scale):
    assert make_scale(scale.code, scale.name, scale.source, scale.classes) == scale
    assert [one.rule for one in scale.classes][-1] == "di bawahnya"
    assert all(one.rule.startswith(("mulai ", "di atas ")) for one in scale.classes[:-1])


@pytest.mark.parametrize(
    ("classes", "words"),
    [
        ([Class("Baik", None)], "sedikitnya dua"),
        ([Class("Baik", None), Class("Kurang", None)], "tanpa batas"),
        ([Class("Baik", Decimal(50)), Class("Cukup", Decimal(80)), Class("Kurang", None)], "lebih rendah"),
        ([Class("Baik", Decimal(80)), Class("Cukup", Decimal(80)), Class("Kurang", None)], "lebih rendah"),
        ([Class("Baik", Decimal(80)), Class("Kurang", Decimal(50))], "kosongkan batasnya"),
        ([Class("Baik", Decimal(80)), Class("baik", None)], "namanya sendiri"),
        ([Class("Baik", Decimal(80)), Class(" ", None)], "namanya sendiri"),
    ],
)
def test_a_scale_with_a_gap_or_an_overlap_is_refused(classes, words):
    with pytest.raises(Refused, match=words):
        make_scale("x", "X", "", classes)
