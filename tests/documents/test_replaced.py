"""A signed document of which figures were corrected since: its page names them, with what they say now."""

from decimal import Decimal

import pytest

from runut.collection.actions import append_value, mark_values
from runut.collection.models import MarkKind
from runut.documents.queries import main_document
from tests.correction import builders as cases
from tests.documents import builders
from tests.harness.scenes import scene


@scene
def signed(office, frozen_time):
    """A recap of two people that is signed, and the figures of the first of them."""
    people = office.asn_of(office.kasi[0])[:2]
    run = builders.signed_recap(office, people)
    return main_document(run), cases.figures(run, people[0]), people


@pytest.fixture
def corrected(office, signed):
    """The same, of which the first figure was corrected afterwards."""
    _document, (first, _second), _people = signed
    by = office.actor(office.camat)
    value = append_value(figure=first, by=by, amount=Decimal("80.5"), cause="Salah bulan.", reason="Rapat.")
    mark_values(values=[value], kind=MarkKind.DECIDED, by=by, basis="Perbaikan selesai.")
    return value


def test_the_page_names_each_corrected_figure_with_what_it_was_and_is(office, signed, corrected, client_for):
    document, (first, second), people = signed

    page = client_for(office.camat).get(f"/dokumen/{document.pk}/").text

    assert "Angka yang sudah diperbaiki" in page
    assert f'<a href="/angka/{first.pk}/#v{corrected.no}">{first.indicator.name}</a>' in page
    assert people[0].full_name in page
    assert '<del class="num">84,75</del> → <ins class="num">80,5</ins>' in page
    assert f"/angka/{second.pk}/" not in page


def test_nothing_is_named_while_nothing_was_corrected(office, signed, client_for):
    document, _figures, _people = signed

    assert "Angka yang sudah diperbaiki" not in client_for(office.camat).get(f"/dokumen/{document.pk}/").text


def test_whoever_may_not_see_the_figure_is_not_told_it(office, signed, corrected, client_for):
    document, (first, _second), people = signed

    answer = client_for(people[1]).get(f"/dokumen/{document.pk}/")

    assert f"/angka/{first.pk}/" not in answer.text and "80,5" not in answer.text
