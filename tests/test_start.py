"""The house stands: it starts, answers, and its harness gives each test what it promises."""

import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone


def _new_session(key: str) -> Session:
    return Session.objects.create(session_key=key, session_data="", expire_date=timezone.now())


def test_healthz_answers(client, db):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.parametrize("turn", [1, 2])
def test_a_committed_copy_is_fresh_and_shared_with_threads(committed_db, turn):
    _new_session("from-here")

    counts = []

    def count_there():
        counts.append(Session.objects.count())
        connection.close()

    thread = threading.Thread(target=count_there)
    thread.start()
    thread.join()

    assert counts == [1]


def test_frozen_time_stands_still(frozen_time):
    before = timezone.now()

    assert timezone.now() == before


@pytest.mark.browser
def test_the_browser_reaches_the_live_server(page):
    answer = page.goto("/healthz")

    assert answer.status == 200
