"""The officer's guide is read in the product: every page of it, every link, every picture."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from runut.web.guide import FOLDER, INDEX, guide_index, guide_page, slugs

pytestmark = pytest.mark.django_db
# Set in bold for their weight, or for a stage of the work or a column of one's own table: no name on a page.
EMPHASIS = {
    "bukan tanda tangan elektronik tersertifikasi", "himpunan", "pembilang ÷ penyebut", "pengisian",
    "perlu dilihat", "polaritas", "tiga jalan bila ada yang keliru",
}  # fmt: skip
PRODUCT = FOLDER.parent.parent
CATALOGUE = PRODUCT / "locale/en/LC_MESSAGES/django.po"
# A text of a template, or one with something put into it.
SHOWN = re.compile(r'{%\s*translate\s+["\'](.+?)["\']\s*(?:as \w+\s*)?%}|{%\s*blocktranslate[^%]*%}(.*?){%', re.DOTALL)


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


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/bantuan/", "The guide on this page is written in Bahasa Indonesia."),
        ("/bantuan/mengisi/", "This guide is written in Bahasa Indonesia."),
    ],
)
def test_an_english_reader_is_told_on_top_that_the_guide_is_in_indonesian(office, client_for, address, told):
    office.staf.user.language = "en"
    office.staf.user.save(update_fields=["language"])

    english = client_for(office.staf).get(address).text
    indonesian = client_for(office.kasubag).get(address).text

    assert told in english and '<article class="panel guide" lang="id">' in english
    assert english.index(told) < english.index("<h2>")
    assert "ditulis dalam bahasa Indonesia" not in indonesian


def test_an_unknown_page_is_not_found(client):
    assert client.get("/bantuan/rahasia/").status_code == 404
    assert client.get("/bantuan/README/").status_code == 404


def test_the_help_page_shows_the_way_to_every_page(client):
    help_page = client.get("/bantuan/").content.decode()

    assert all(f'href="/bantuan/{slug}/"' in help_page for slug in slugs())


def said_by_the_product():
    """Every text of the product; what is put into one is an ellipsis."""
    entries = re.findall(r'^msgid(?:_plural)? ((?:".*"\n)+)', CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    texts = ("".join(ast.literal_eval(line) for line in entry.splitlines()) for entry in entries)
    return {re.sub(r"%\(\w+\)[sd]", "…", text).casefold() for text in texts}


def bold_in(slug):
    """What a page sets in bold; a sentence or a lead ends with its point, and is no name."""
    found = re.findall(r"\*\*(.+?)\*\*", (FOLDER / f"{slug}.md").read_text(encoding="utf-8"), re.DOTALL)
    names = [" ".join(name.split()) for part in found for name in part.split(" › ")]
    return [name for name in names if not name.endswith(".")]


@pytest.mark.parametrize("slug", [INDEX, *slugs()])
def test_a_button_or_page_that_it_names_has_this_name_in_the_product(slug):
    said = said_by_the_product()

    assert [name for name in bold_in(slug) if name.casefold() not in said | EMPHASIS] == []


def test_a_button_to_press_is_named_as_it_stands_there():
    templates = (file.read_text(encoding="utf-8") for file in (PRODUCT / "templates").rglob("*.html"))
    named = {re.sub(r"{{.*?}}", "…", one or other) for text in templates for one, other in SHOWN.findall(text)}
    # Of a step, as its kind of work has it.
    named.add("Isi data kinerja")

    for slug in (INDEX, *slugs()):
        text = (FOLDER / f"{slug}.md").read_text(encoding="utf-8")
        pressed = re.findall(r"[Tt]ekan\s+\*\*(.+?)\*\*", text, re.DOTALL)
        assert [name for name in pressed if " ".join(name.split()) not in named] == [], slug
