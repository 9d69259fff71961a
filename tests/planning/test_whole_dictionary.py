"""The fields that an office expects of a dictionary of indicators: on the form, on the page, and in what is asked."""

from datetime import date

import pytest

from runut.lib.errors import Refused
from runut.planning.models import Indicator
from runut.planning.queries import promises_of
from runut.planning.rules import is_measured_in, read_months, said_of_value, written_months
from tests.planning.test_dictionary import define, revise

NEW = {
    "code": "IKU-7", "name": "Layanan selesai di tempat", "unit_of_measure": "ya/tidak", "kind": "iku",
    "polarity": "positive", "value_type": "yes_no", "aggregation": "last", "decimals": "0", "multiplier": "100",
    "frequency": "semesteran", "months": "juni dan 12", "cascading": "none", "start": "2026-01-01",
    "which_scale": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "months"),
    [("", []), ("Juni, Desember", [6, 12]), ("12; 6", [6, 12]), ("Maret dan Mar", [3]), ("Des.", [12])],
)
def test_months_are_read_as_officers_write_them(text, months):
    assert read_months(text) == months
    assert read_months(written_months(months)) == months


@pytest.mark.parametrize("text", ["Juno", "13", "0", "semester I"])
def test_what_is_no_month_is_named(text):
    with pytest.raises(Refused, match="bukan nama bulan"):
        read_months(text)


def test_a_quarter_without_one_of_the_months_is_not_measured():
    assert [is_measured_in([6, 12], quarter) for quarter in range(5)] == [True, False, True, False, True]
    assert is_measured_in([], 3)


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("number", ("number", "", [])),
        ("index", ("number", "index", [])),
        ("ordinal", ("ordinal", "", [])),
        ("yes_no", ("ordinal", "yes_no", ["Tidak", "Ya"])),
    ],
)
def test_a_value_is_a_number_of_some_kind_or_words_in_an_order(code, kept):
    assert tuple(said_of_value(code, []).values()) == kept


def test_the_form_takes_them_and_the_page_shows_them(office, client_for):
    admin, unit = client_for(office.admin), office.units[2]
    sent = NEW | {"unit": unit.pk, "supplier": office.units[3].pk}

    admin.post(f"/atur/indikator/baru/{office.office.pk}/", sent)

    made = Indicator.objects.get(code="IKU-7")
    version = made.versions.get()
    assert (version.value_type, version.value_kind, version.scale) == ("ordinal", "yes_no", ["Tidak", "Ya"])
    page = admin.get(f"/atur/indikator/{made.pk}/").text
    for words in ("Ya atau tidak", "Juni, Desember", "N: noncascading", office.units[3].name, "Unit penyedia data"):
        assert words in page
    again = admin.get(f"/atur/indikator/{made.pk}/ubah/").text
    assert 'value="yes_no"' in again and 'value="Juni, Desember"' in again
    wrong = admin.post(f"/atur/indikator/{made.pk}/ubah/", sent | {"months": "Juno", "reason": "x", "seen": "1"})
    assert wrong.status_code == 422 and "bukan nama bulan" in wrong.text


def test_what_is_measured_in_other_months_is_not_asked_for(office):
    made = define(office)
    revise(office, made, start=date(2026, 2, 1), months=[6, 12])

    asked = [
        promises_of(office.office, "unit", [made.unit_id], 2026, quarter)[made.unit_id][0].measured
        for quarter in (1, 2, 3, 4, 0)
    ]

    assert asked == [False, True, False, True, True]


def test_a_revision_is_told_field_by_field(office, client_for):
    made = define(office)
    revise(office, made, source="Survei SKM", keeper=office.units[3])

    page = client_for(office.admin).get(f"/atur/indikator/{made.pk}/").text

    assert "Sumber data: <del>–</del> → <ins>Survei SKM</ins>" in page
    assert f"Unit penanggung jawab: <del>–</del> → <ins>{office.units[3].name}</ins>" in page
