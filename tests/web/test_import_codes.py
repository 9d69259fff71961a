"""A code is one whatever its capitals: in tables and on pages. It stays as it was first written."""

from decimal import Decimal

import pytest

from runut.organisation.models import Jabatan, Unit
from runut.planning.models import Indicator, Kegiatan, Target
from tests.planning.test_dictionary import define
from tests.web.test_imports import bring_in, fates, send


@pytest.fixture
def unit(office):
    return Unit.objects.create(instansi=office.instansi, office=office.office, code="KASI-pem", name="Seksi Pem")


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


def words(page):
    return [row.words for row in page.context["staged"].rows.order_by("no")]


def test_a_unit_written_in_other_capitals_is_the_one_that_is_there(office, admin, unit):
    page = send(admin, office, "unit", (unit.code.swapcase(), "Seksi Berganti Nama", "", "ya"))

    bring_in(admin, page)

    assert fates(page) == [("Seksi Berganti Nama", "changed")] and "Kode" not in words(page)[0]
    assert Unit.objects.filter(code__iexact=unit.code).get().code == unit.code
    assert Unit.objects.get(pk=unit.pk).name == "Seksi Berganti Nama"


def test_a_position_stands_on_units_and_positions_in_other_capitals_also_of_the_same_table(office, admin, unit):
    rows = (
        ("KASI-PEM", "Kepala Seksi Pemerintahan", "", "pengawas", unit.code.swapcase(), "", "", "", ""),
        ("staf-pem", "Staf Pemerintahan", "", "pelaksana", "", "kasi-pem", "", "", "ya"),
    )

    bring_in(admin, send(admin, office, "jabatan", *rows))
    again = send(admin, office, "jabatan", ("Kasi-Pem", "Kepala Seksi Pemerintahan", "", "pengawas", unit.code))

    assert Jabatan.objects.get(code="KASI-PEM").unit == unit
    assert Jabatan.objects.get(code="staf-pem").superior.code == "KASI-PEM"
    assert fates(again) == [("", "same")]


def test_plans_and_the_dictionary_know_an_indicator_in_any_capitals(office, admin, unit):
    indicator = define(office)
    code = indicator.code.swapcase()

    bring_in(admin, send(admin, office, "target", (code, "2026", "90")))
    bring_in(admin, send(admin, office, "kegiatan", ("x.xx.01", "Program", "", unit.code.swapcase())))
    again = send(admin, office, "kegiatan", ("x.xx.01", "Program", "", unit.code.swapcase()))
    dictionary = send(admin, office, "indikator", (code, "Indeks Kepuasan Masyarakat", "indeks"))

    assert code != indicator.code and Target.objects.get(indicator=indicator, year=2026).amount == Decimal(90)
    assert fates(again) == [("", "same")] and Kegiatan.objects.get().code == "X.XX.01"
    assert fates(dictionary) == [("", "same")] and Indicator.objects.get().code == indicator.code


def test_two_codes_that_differed_in_capitals_before_are_each_their_own(office, admin):
    for code in ("LAMA", "lama"):
        Unit.objects.create(instansi=office.instansi, office=office.office, code=code, name=f"Seksi {code}")

    page = send(admin, office, "unit", ("lama", "Seksi lama", "", ""))

    assert fates(page) == [("", "same")]


@pytest.mark.parametrize(
    ("address", "kind", "given"),
    [
        ("/atur/unit/baru/{}/", Unit, {"name": "Seksi Kembar"}),
        ("/atur/jabatan/baru/{}/", Jabatan, {"name": "Kembar", "kind": "pelaksana"}),
    ],
)
def test_a_page_refuses_a_code_that_is_there_in_other_capitals(office, admin, unit, address, kind, given):
    known = kind.objects.filter(office=office.office).order_by("pk").last()
    assert known.code != known.code.swapcase()
    before = kind.objects.count()

    page = admin.post(address.format(office.office.pk), {"code": known.code.swapcase(), **given})

    assert f"Kode {known.code.swapcase()} sudah dipakai" in page.text and kind.objects.count() == before
