"""Choosing among many figures: folded form by form, narrowed by words or by whose form, and no tick lost."""

import re

import pytest

from runut.correction.models import Correction
from tests.collection import builders as forms
from tests.correction import builders
from tests.correction.test_pages import key_in, text_of
from tests.sop.play import install


@pytest.fixture
def many(office, frozen_time):
    """Signed data of four units with five figures each: run, and the figures of each unit in order."""
    units = office.units[2:6]
    for no in (3, 4, 5):
        for unit in units:
            forms.indicator(office, no, f"Ukuran {no}", unit=unit)
    run = builders.signed(office, units)
    return run, units, [builders.figures(run, unit) for unit in units]


@pytest.fixture
def camat(office, client_for):
    return client_for(office.camat)


def folds(page):
    """Whose figures are folded away -> whether they stand open."""
    found = re.findall(r'<details class="panel fold" id="milik-(\w+)"( open)?>', page)
    return {member: bool(state) for member, state in found}


def test_many_figures_are_folded_form_by_form_under_names(many, office, camat):
    run, units, figures = many
    install(office, "ngoro")

    page = text_of(camat.get(f"/perbaikan/buka/?run={run.pk}"))

    assert folds(page) == {f"u{unit.pk}": False for unit in units}
    assert all(f'id="item-{figure.pk}"' in page for of_unit in figures for figure in of_unit)


def test_a_form_is_chosen_by_whose_it_is_and_ticks_elsewhere_stay(many, office, camat):
    run, units, figures = many
    sop = install(office, "ngoro")
    url, ticked, wanted = f"/perbaikan/buka/?run={run.pk}", figures[0][0], figures[1][0]
    form = {"item": ticked.pk, f"what-{ticked.pk}": "Salah bulan", "milik": f"u{units[1].pk}", "act": "search"}

    key = key_in(camat.get(url))
    page = text_of(camat.post(url, {**form, "key": key}))
    linked = text_of(camat.get(f"{url}&milik=u{units[1].pk}&q=ukuran+4"))

    assert folds(page) == {f"u{units[0].pk}": True, f"u{units[1].pk}": True}
    assert f'id="item-{ticked.pk}" checked' in page and ">Salah bulan</textarea>" in page
    assert f'id="item-{wanted.pk}"' in page and f'id="item-{figures[0][1].pk}"' not in page
    assert f'<option value="u{units[1].pk}" selected>' in page
    assert linked.count('name="item"') == 1 and list(folds(linked)) == [f"u{units[1].pk}"]
    sent = {**form, "act": "open", "key": key, "item": [ticked.pk, wanted.pk], f"what-{wanted.pk}": "Keliru",
            "sop": sop.pk, "stage": "pelaporan", "reason": "Salah unduh"}  # fmt: skip
    assert camat.post(url, sent).status_code == 302
    assert {item.figure for item in Correction.objects.get().items.all()} == {ticked, wanted}


def test_a_few_figures_stand_open(office, ngoro, camat):
    install(office, "ngoro")

    page = text_of(camat.get(f"/perbaikan/buka/?run={ngoro.run.pk}"))

    assert set(folds(page).values()) == {True}


def test_all_that_is_wrong_is_said_at_once_each_beside_its_field(office, ngoro, camat):
    sop = install(office, "ngoro")
    url = f"/perbaikan/buka/?run={ngoro.run.pk}"
    form = {"key": key_in(camat.get(url)), "item": ngoro.a1.pk, f"what-{ngoro.b1.pk}": "Salah satuan", "sop": sop.pk,
            "stage": "pelaporan", "reason": "", "act": "open"}  # fmt: skip

    answer = camat.post(url, form)

    page = text_of(answer)
    assert (answer.status_code, Correction.objects.exists()) == (422, False)
    assert "Ada 3 hal yang perlu diperbaiki" in page
    assert f'<a href="#what-{ngoro.a1.pk}">{ngoro.a1.indicator.name}, {ngoro.a1.unit.name}: tulis apa' in page
    assert f'<a href="#what-{ngoro.b1.pk}">Anda menulis apa yang keliru' in page
    assert '<a href="#id_reason">Alasan perbaikan' in page
    assert page.count(f'id="what-{ngoro.a1.pk}-error"') == page.count(f'id="what-{ngoro.b1.pk}-error"') == 1


def test_nothing_ticked_and_no_reason_are_said_together(office, ngoro, camat):
    sop = install(office, "ngoro")
    url = f"/perbaikan/buka/?run={ngoro.run.pk}"
    form = {"key": key_in(camat.get(url)), "sop": sop.pk, "stage": "pelaporan", "reason": "", "act": "open"}

    page = text_of(camat.post(url, form))

    assert '<a href="#cari">Pilih paling sedikit satu angka yang keliru.</a>' in page
    assert '<a href="#id_reason">Alasan perbaikan' in page
