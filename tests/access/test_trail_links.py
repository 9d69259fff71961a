"""Where a page offers the history of what it shows, that history can be read; where it cannot, none is offered."""

import re

import pytest
from django.db import transaction

from runut.audit.actions import record
from runut.correction.models import Correction
from runut.documents.models import Document

pytestmark = pytest.mark.django_db
ROLES = ("person", "superior", "colleague", "head", "admin", "neighbour")


def pages(access):
    """The page of one row of each kind, personal data and data of a unit, and its kind in an address."""
    built = access.play.built
    yield f"/isian/{access.sheet.pk}/", "collection.sheet"
    yield f"/isian/{access.units.sheets.first().pk}/", "collection.sheet"
    yield f"/angka/{access.figure.pk}/", "collection.figure"
    for document in Document.objects.filter(superseded_by=None):
        yield document.get_absolute_url(), "documents.document"
    for case in Correction.objects.all():
        yield case.get_absolute_url(), "correction.correction"
    for run in (access.personal, access.units):
        yield run.get_absolute_url(), "sop.run"
    yield f"/sop/{access.play.stage.sops['kemlagi'].pk}/", "sop.sop"
    yield f"/atur/jabatan/{built.jobs['camat'].pk}/", "organisation.jabatan"
    yield f"/atur/pegawai/{access.owner.pk}/", "organisation.pegawai"
    yield f"/atur/pegawai/{access.leaver.pk}/", "organisation.pegawai"


@pytest.mark.parametrize("role", ROLES)
def test_a_trail_that_is_offered_can_be_read(access, browser_of, role):
    browser = browser_of(access.people[role])

    for address, kind in pages(access):
        page = browser.get(address)
        offered = re.findall(rf'href="(/jejak/{re.escape(kind)}/\d+/)"', page.content.decode())
        assert len(offered) <= 1
        assert [browser.get(trail).status_code for trail in offered] == [200] * len(offered), address


def test_the_head_finds_the_trail_on_every_page_that_has_one(access, browser_of):
    browser = browser_of(access.people["head"])

    without = {
        address for address, kind in pages(access)
        if f'href="/jejak/{kind}/' not in browser.get(address).content.decode()
    }  # fmt: skip
    # Entered when the office was set up, before anything was recorded.
    initial = {f"/atur/jabatan/{access.play.built.jobs['camat'].pk}/", f"/atur/pegawai/{access.owner.pk}/"}
    assert without == initial


def test_the_trail_of_a_figure_tells_how_it_came_in(access, browser_of):
    head, colleague = browser_of(access.people["head"]), browser_of(access.people["colleague"])
    address = f"/jejak/collection.figure/{access.figure.pk}/"

    page = head.get(address).content.decode()
    assert page.count("Data diajukan") >= 2 and "Data dikembalikan" in page
    assert colleague.get(address).status_code == 404


def test_what_was_said_of_somebodys_figure_is_not_read_under_its_version(access, browser_of):
    with transaction.atomic():
        value = access.figure.values.first()
        record("value.appended", subject=value, stream=f"run:{access.personal.pk}", by=None)
    address = f"/jejak/collection.value/{value.pk}/"

    assert f"{access.figure.indicator.name}, versi 1" in browser_of(access.people["person"]).get(address).text
    assert browser_of(access.people["colleague"]).get(address).status_code == 404


def test_trails_of_figures_are_told_in_words(access, browser_of):
    """What was handed in and decided, by the indicator's name: no key of the code, no number of a row."""
    browser, name = browser_of(access.people["head"]), access.figure.indicator.name

    form = browser.get(f"/jejak/collection.sheet/{access.sheet.pk}/").text
    case = browser.get(f"/jejak/correction.correction/{Correction.objects.latest('pk').pk}/").text

    assert f"indikator: {name}, versi: 1, angka: " in form
    assert Correction.objects.latest("pk").items.first().figure.indicator.name in case
    for word in ("measure:", "amount:", "target_text", "figure:", "evidence:", "measured"):
        assert word not in form + case
