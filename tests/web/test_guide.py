"""The officer's guide is read in the product: every page of it, every link, every picture."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from runut.web.guide import FOLDER, INDEX, guide_index, guide_page, slugs

pytestmark = pytest.mark.django_db


def test_the_first_page_leads_to_every_other_page():
    assert sorted(slugs()) == sorted(file.stem for file in FOLDER.glob("*.md") if file.stem != INDEX)
    assert len(slugs()) > 8


@pytest.mark.parametrize("slug", slugs())
def test_a_page_of_the_guide_opens_without_signing_in(client, slug):
    page = client.get(f"/bantuan/{slug}/")

    assert page.status_code == 200
    assert f'<h1><span lang="id">{guide_page(slug).title}</span></h1>' in page.content.decode()


@pytest.mark.parametrize("page", [guide_page(INDEX), *guide_index()], ids=lambda page: page.slug)
def test_its_links_and_pictures_are_there(page):
    links = re.findall(r'href="([^"]+)"', page.body)
    for link in (link for link in links if link.startswith("/")):
        try:
            resolve(link.partition("#")[0])
        except Resolver404:
            pytest.fail(f"{page.slug} leads nowhere: {link}")
    assert not [link for link in links if link.endswith(".md")]
    for picture in re.findall(r'src="[^"]*?panduan/([^"]+)"', page.body):
        assert any((Path(folder) / "panduan" / picture).is_file() for folder in settings.STATICFILES_DIRS), picture
    assert not re.findall(r'<img(?![^>]*alt="[^"]{10,})', page.body)


def test_an_unknown_page_is_not_found(client):
    assert client.get("/bantuan/rahasia/").status_code == 404
    assert client.get("/bantuan/README/").status_code == 404


def test_the_help_page_shows_the_way_to_every_page(client):
    help_page = client.get("/bantuan/").content.decode()

    assert all(f'href="/bantuan/{slug}/"' in help_page for slug in slugs())
