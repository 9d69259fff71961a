"""The stage is built once, and every test on it is rolled back."""

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.access.stage import Access
from tests.conftest import LOGIN_BACKEND
from tests.scenarios.stage import MORNING


@pytest.fixture(scope="package")
def access(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), time_machine.travel(MORNING, tick=False), transaction.atomic():
        yield Access()
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(access):
    """What the django_db mark means here: the stage, and a rollback of whatever the test did on it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture
def browser_of():
    """A browser in which this person has signed in; a broken page is an answer, not an exception."""

    def make(person):
        client = Client(raise_request_exception=False)
        if person is not None:
            client.force_login(person.user, backend=LOGIN_BACKEND)
        return client

    return make
