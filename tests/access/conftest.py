"""The stage of the access tests, and browsers for its people."""

import pytest
from django.core.cache import cache
from django.test import Client

from runut.sop.queries import history
from runut.web import views
from tests.access.stage import Access
from tests.conftest import sign_in
from tests.harness.scenes import scene
from tests.scenarios.stage import MORNING


@scene
def access(frozen_time):
    frozen_time.move_to(MORNING)
    return Access()


@pytest.fixture(autouse=True)
def fresh_cache():
    yield
    cache.clear()


@pytest.fixture
def long_pages(monkeypatch):
    """Lists that go on over several pages stand on one."""
    monkeypatch.setattr(history, "PAGE_SIZE", 5000)
    monkeypatch.setattr(views, "LINES", 5000)


@pytest.fixture
def browser_of():
    """A browser in which this person has signed in; a broken page is an answer, not an exception."""

    def make(person):
        client = Client(raise_request_exception=False)
        if person is not None:
            sign_in(client, person.user)
        return client

    return make
