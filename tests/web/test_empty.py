"""An installation in which nobody can sign in says how it gets its first office; later it does not."""

from html import unescape
from pathlib import Path

import pytest
from django.utils.html import strip_tags

from runut.lib.first_office import CREATE_OFFICE, HEADER
from runut.organisation.backends import _has_users

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.fixture(autouse=True)
def _nothing_known():
    _has_users.cache_clear()


@pytest.mark.parametrize("address", ["/", "/masuk/"])
@pytest.mark.parametrize(
    ("language", "words"), [("id", "belum ada kantor di sini"), ("en", "there is no office here yet")]
)
def test_an_empty_installation_says_how_to_begin(client, db, address, language, words):
    client.cookies["bahasa"] = language

    page = client.get(address)

    assert words in page.text
    assert f"runut {CREATE_OFFICE}" in unescape(strip_tags(page.text))


@pytest.mark.parametrize("address", ["/", "/masuk/"])
def test_with_somebody_who_signs_in_it_is_gone(client, office, address, django_assert_num_queries):
    first = client.get(address)
    with django_assert_num_queries(0):
        second = client.get(address)

    assert "create-office" not in first.text + second.text


def test_only_an_empty_installation_tells_the_process_that_serves(client, db):
    assert client.get("/healthz")[HEADER] == "1"


def test_a_used_installation_does_not(client, office):
    assert HEADER not in client.get("/healthz")


def test_the_readme_has_the_same_command():
    told = " ".join(README.read_text(encoding="utf-8").replace("\\\n", " ").split())

    assert f"runut {CREATE_OFFICE}" in told
