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
    assert f'id="item-{ticked.pk}" checked' in page and 'value="Salah bulan"' in page
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
