"""Scales of predicates: every percentage has one word."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.collection.rules.scales import SHIPPED

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
def test_the_bounds_of_what_ships_go_down_and_only_the_last_class_has_none(scale):
    bounds = [one.bound for one in scale.classes]

    assert bounds[-1] is None and None not in bounds[:-1]
    assert bounds[:-1] == sorted(set(bounds[:-1]), reverse=True)
    assert len({one.name for one in scale.classes}) == len(scale.classes)
