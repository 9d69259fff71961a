"""Scales of predicates: every percentage has one word; an office takes one up, or its own."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused
from runut.planning import actions
from runut.planning.models import OfficeScale
from runut.planning.queries import scale_on
from runut.planning.rules import SHIPPED, as_stored, from_stored, own_scale, word_of

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


@pytest.mark.parametrize("scale", SHIPPED, ids=lambda scale: scale.code)
def test_a_scale_comes_back_from_the_database_as_it_was(scale):
    assert from_stored(scale.name, scale.source, as_stored(scale)).classes == scale.classes


OWN = (("Hebat", Decimal(95)), ("Cukup", Decimal("60.5")), ("Kurang", None))


def test_an_own_scale_reads_from_the_top():
    scale = own_scale("Skala Contoh", "Keputusan 1/2026", OWN)

    assert [word_of(scale, Decimal(n)) for n in ("95", "94.99", "60.5", "60.49")] == [
        "Hebat", "Cukup", "Cukup", "Kurang",
    ]  # fmt: skip
    assert (word_of(scale, None), word_of(None, Decimal(95))) == ("", "")


@pytest.mark.parametrize(
    ("pairs", "code", "words"),
    [
        ([("Baik", None)], "class_1", "dua sampai delapan"),
        ([("Baik", Decimal(80)), (" baik ", None)], "class_2", "sudah dipakai"),
        ([("Baik", None), ("Kurang", None)], "from_1", "mulai berapa persen"),
        ([("Baik", Decimal(80)), ("Cukup", Decimal(80)), ("Kurang", None)], "from_2", "lebih rendah"),
        ([("Baik", Decimal(80)), ("Kurang", Decimal(50))], "from_2", "kosongkan batasnya"),
    ],
)
def test_an_own_scale_with_a_gap_is_refused_at_its_row(pairs, code, words):
    with pytest.raises(Refused, match=words) as refusal:
        own_scale("Skala Contoh", "Keputusan 1/2026", pairs)

    assert refusal.value.code == code


@pytest.mark.django_db
def test_each_day_has_the_scale_that_was_in_force_then(office):
    by, [first, second] = office.actor(office.camat), SHIPPED[:2]
    for scale, start in ((first, date(2025, 1, 1)), (second, date(2026, 1, 1)), (None, date(2027, 1, 1))):
        actions.take_up_scale(office=office.office, scale=scale, start=start, by=by)

    days = (date(2024, 12, 31), date(2025, 12, 31), date(2026, 1, 1), date(2027, 1, 1))
    found = [scale_on(office.office.pk, day) for day in days]
    assert [one and one.name for one in found] == [None, first.name, second.name, None]
    assert Entry.objects.filter(event="scale.taken_up").count() == 3


@pytest.mark.django_db
def test_a_scale_is_taken_up_on_its_page_and_a_gap_keeps_what_was_typed(office, client_for):
    admin = client_for(office.admin)
    address = f"/atur/skala/{office.office.pk}/"
    typed = {
        "which": "own", "start": "2026-01-01", "name": "Skala Contoh", "source": "Keputusan 1/2026",
        "class_1": "Hebat", "from_1": "95", "class_2": "Kurang", "from_2": "10",
    }  # fmt: skip

    refused = admin.post(address, typed)
    assert refused.status_code == 422
    assert "kosongkan batasnya" in refused.content.decode() and 'value="Hebat"' in refused.content.decode()
    assert not OfficeScale.objects.exists()

    page = admin.post(address, {**typed, "from_2": ""}, follow=True).content.decode()
    assert "Skala Contoh" in page and "mulai 95 %" in page and "Hebat" in page
    assert client_for(office.kasi[0]).post(address, typed).status_code == 403


@pytest.mark.django_db
def test_who_does_not_keep_the_plans_takes_up_no_scale(office):
    with pytest.raises(Denied):
        actions.take_up_scale(
            office=office.office, scale=SHIPPED[0], start=date(2026, 1, 1), by=office.actor(office.kasi[0])
        )
