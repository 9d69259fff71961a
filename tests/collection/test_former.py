"""A definition that is revised while forms are out: they keep the former one, and whoever revises it is told."""

from datetime import date

from runut.planning.actions import revise_indicator
from runut.planning.models import Indicator
from tests.collection import builders


def _revised(office, indicator, start=date(2026, 3, 1), **more):
    last = indicator.versions.latest("no")
    said = {"name": last.name, "numerator": "Berkas tepat waktu", "denominator": "Semua berkas"} | more
    return revise_indicator(
        indicator=indicator, start=start, reason="Renstra", particulars=said,
        by=office.actor(office.admin), seen=last.no,
    )  # fmt: skip


def test_forms_that_are_out_keep_the_former_version_and_the_page_says_how_many(office, units, client_for):
    first, second = Indicator.objects.filter(unit=units.unit).order_by("pk")
    address, admin = f"/atur/indikator/{first.pk}/", client_for(office.admin)
    before = admin.get(address).text

    _revised(office, first)

    page = admin.get(address).text
    said = "1 formulir yang sudah keluar tetap memakai versi sebelumnya: 1 masih diisi, 0 sudah diajukan."
    assert said not in before and said in page
    assert "Versi 2 berlaku mulai Triwulan I 2026." in page
    assert 'href="/periode/2026/1/">Lihat formulir Triwulan I 2026</a>' in page
    assert "tetap memakai versi sebelumnya" not in admin.get(f"/atur/indikator/{second.pk}/").text
    assert "tetap memakai versi sebelumnya" not in client_for(office.staf).get(address).text


def test_a_form_that_was_handed_in_is_counted_as_such_and_a_procedure_that_is_over_no_more(office, units, client_for):
    from runut.sop.models import Run

    first = Indicator.objects.filter(unit=units.unit).order_by("pk").first()
    builders.fill_in(office, units.run, units.unit, who=units.kasi)
    _revised(office, first)
    address, admin = f"/atur/indikator/{first.pk}/", client_for(office.admin)
    page = admin.get(address).text

    Run.objects.filter(pk=units.run.pk).update(state="done")

    assert "0 masih diisi, 1 sudah diajukan." in page
    assert "tetap memakai versi sebelumnya" not in admin.get(address).text


def test_a_version_that_begins_after_the_forms_period_says_nothing_of_them(office, units, client_for):
    first = Indicator.objects.filter(unit=units.unit).order_by("pk").first()

    _revised(office, first, start=date(2026, 4, 1))

    assert "tetap memakai versi sebelumnya" not in client_for(office.admin).get(f"/atur/indikator/{first.pk}/").text
