"""What a definition of an indicator lacks."""

from decimal import Decimal

import pytest
from django.utils import timezone

from runut.planning.actions import Aim, Change, set_targets
from runut.planning.models import IndicatorVersion
from runut.planning.queries import entries_of
from runut.planning.rules import Described, hints
from tests.planning.test_dictionary import define

WHOLE = {
    "name": "Indeks Kepuasan Masyarakat", "polarity": "positive", "value_type": "number",
    "aggregation": "last", "definition": "Hasil survei", "formula": "Rata-rata unsur", "source": "SKM",
    "baseline": "82,5", "evidence_needed": "Laporan SKM",
}  # fmt: skip


def codes(targets=None, twins=(), **more):
    amounts = {(2026, 0): "85"} if targets is None else targets
    described = Described(**WHOLE | more, targets={key: Decimal(text) for key, text in amounts.items()}, twins=twins)
    found = hints(described, 2026)
    assert all(hint.sentence.endswith(("?", ".")) for hint in found)
    return [hint.code for hint in found]


def test_a_whole_definition_has_no_hints():
    assert codes() == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": "Meningkatnya pelayanan masyarakat"}, "goal"),
        ({"definition": " "}, "definition"),
        ({"formula": ""}, "formula"),
        ({"source": ""}, "source"),
        ({"baseline": ""}, "baseline"),
        ({"evidence_needed": ""}, "evidence_needed"),
        ({"targets": {}, "promised": False}, "target"),
        ({"targets": {(2026, 0): "85", (2025, 0): "86"}}, "backwards"),
        ({"targets": {(2026, 0): "9", (2025, 0): "8"}, "polarity": "negative"}, "backwards"),
        ({"targets": {(2026, 0): "85", (2027, 0): "84"}}, "backwards"),
        ({"targets": {(2026, 0): "85", (2028, 0): "84"}}, "backwards"),
        ({"targets": {(2026, 0): "8", (2027, 0): "9"}, "polarity": "negative"}, "backwards"),
        ({"value_type": "ordinal", "scale": ()}, "order"),
        ({"aggregation": "cumulative"}, "index_sum"),
        ({"name": "Kepuasan", "unit": "Indeks", "aggregation": "cumulative"}, "index_sum"),
        ({"name": "Kepuasan", "value_kind": "index", "aggregation": "cumulative"}, "index_sum"),
        (
            {
                "name": "Jumlah",
                "targets": {(2026, 0): "100", (2026, 1): "20", (2026, 2): "30"},
                "aggregation": "cumulative",
            },
            "sum",
        ),
        ({"twins": ["IKU-7"]}, "twin"),
    ],
)
def test_what_is_missing_is_told(more, code):
    assert codes(**more) == [code]


def test_a_predicate_has_no_target_in_numbers():
    assert codes(targets={}, value_type="ordinal", scale=("B", "A")) == codes(targets={}, promised=True) == []


@pytest.mark.parametrize("polarity", ["range", "stable"])
def test_where_nearness_counts_no_year_is_looser_than_another(polarity):
    assert codes({(2026, 0): "85", (2025, 0): "90", (2027, 0): "80"}, polarity=polarity) == []


def test_the_page_says_that_a_later_year_asks_for_less(office, client_for):
    made = define(office)
    for year, amount in ((2026, "85"), (2027, "80")):
        change = {0: Change(Aim(Decimal(amount)))}
        set_targets(indicator=made, year=year, changes=change, basis="", by=office.actor(office.admin))

    page = client_for(office.admin).get(f"/atur/indikator/{made.pk}/").text

    assert "Target 2027 (80) lebih longgar daripada target 2026 (85)." in page


def test_a_year_in_which_nothing_is_measured_does_not_lack_its_target(office, client_for):
    made, lacking = define(office), "belum diisi."
    admin, year = client_for(office.admin), timezone.localdate().year
    before = admin.get(f"/atur/indikator/{made.pk}/").text
    set_targets(indicator=made, year=year, changes={0: Change(Aim(None))}, basis="", by=office.actor(office.admin))

    after = admin.get(f"/atur/indikator/{made.pk}/").text

    assert f"Target tahun {year} {lacking}" in before and f"Target tahun {year} {lacking}" not in after


def test_what_divides_by_what_says_how_it_is_computed(office, client_for):
    made, admin = define(office), client_for(office.admin)
    version = IndicatorVersion.objects.filter(indicator=made)
    version.update(formula="")
    before = admin.get(f"/atur/indikator/{made.pk}/").text
    version.update(numerator="Berkas tepat waktu", denominator="Semua berkas")

    after = admin.get(f"/atur/indikator/{made.pk}/").text

    assert "Cara menghitungnya belum ditulis." in before and "Cara menghitungnya belum ditulis." not in after


@pytest.mark.parametrize(
    "name", ["indeks kepuasan MASYARAKAT", "Indeks  Kepuasan Masyarakat", "Indeks Kepuasan Masyarakat."]
)
def test_a_name_that_differs_only_in_its_writing_is_hinted_at_alike_in_list_and_on_the_page(office, client_for, name):
    first, second = define(office), define(office, code="IKU-2")
    IndicatorVersion.objects.filter(indicator=second).update(name=name)
    client = client_for(office.admin)

    pages = [client.get(f"/atur/indikator/{one.pk}/").text for one in (first, second)]

    assert "Nama yang sama dipakai juga oleh IKU-2." in pages[0]
    assert "Nama yang sama dipakai juga oleh IKU-1." in pages[1]
    year = timezone.localdate().year
    listed = entries_of([first, second], office.actor(office.admin), office.office, year)
    assert ["twin" in [hint.code for hint in entry.hints] for entry in listed] == [True, True]
