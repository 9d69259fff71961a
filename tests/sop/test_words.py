"""A procedure's pages speak of steps by number and text, and compare versions in the words of the form."""

import re
from dataclasses import replace

import pytest

from runut.sop import actions, library
from runut.sop.models import SopVersion
from runut.sop.rules.definition import Lane
from runut.sop.rules.parse import dump, load
from runut.sop.rules.places import place_of, with_numbers
from tests.sop.play import install
from tests.sop.procedures import put_in_force, straight

CODE = re.compile(r"\b[RI]-(?:NGORO|SIDOARJO|KEMLAGI|KINTOM|INSP)-\d+")
SOURCES = ("ngoro", "sidoarjo", "kemlagi", "kintom", "inspektorat")


def _words(page):
    """What stands to be read: without tags and their attributes."""
    return re.sub(r"<[^>]+>", " ", page)


def _drafted(office, code):
    return actions.import_version(office=office.office, text=library.text(code), by=office.actor(office.camat))


@pytest.mark.parametrize("code", SOURCES)
def test_neither_codes_nor_names_of_the_file_stand_on_the_page_of_a_draft(office, client_for, code):
    version = _drafted(office, code)
    named = {step.id for step in library.read(code).steps}

    page = _words(client_for(office.camat).get(f"/sop/{version.sop_id}/").text)

    assert CODE.findall(page) == []
    assert [found for found in re.findall(r"angkah “(\w+)”", page) if found in named] == []


def test_a_finding_names_its_step_by_number_and_text(office, client_for):
    version = _drafted(office, "sidoarjo")

    page = client_for(office.camat).get(f"/sop/{version.sop_id}/").text

    assert re.search(r"<strong>Langkah \d[a-z]?, [A-Z][^<]+:</strong>", page)


def test_a_difference_from_the_source_names_steps_by_their_numbers():
    definition = library.read("sidoarjo")

    said = [with_numbers(definition, one.used) for one in definition.corrections]

    assert [words for words in said if "ttd_kepala" in words] == []
    assert any(re.search(r"^Langkah \w+ dan \w+ ditambahkan", words) for words in said)


def test_a_word_in_quotes_that_is_no_step_stays():
    definition = library.read("sidoarjo")

    assert with_numbers(definition, "“review” seharusnya “reviu”.") == "“review” seharusnya “reviu”."
    assert place_of(definition, "") == ""


def test_versions_are_compared_in_the_words_of_the_form(office, client_for):
    sop = put_in_force(office, straight())
    before = straight()
    changed = replace(
        before,
        header=replace(before.header, number="065/08/000/2026"),
        lanes=(Lane("kepala", "Camat Contoh", "kepala"), *before.lanes[1:]),
    )
    actions.import_version(office=office.office, text=dump(changed), by=office.actor(office.camat))

    page = client_for(office.camat).get(f"/sop/{sop.pk}/banding/").text

    assert "<del>Nomor SOP: 065/07/000/2026</del>" in page and "<ins>Nomor SOP: 065/08/000/2026</ins>" in page
    assert "<ins>Pelaksana: Camat Contoh</ins>" in page and "<ins>Langkah 3, pelaksana: Camat Contoh</ins>" in page
    assert "lanes:" not in page and "slot" not in page


def test_the_form_and_the_comparison_name_the_act_of_a_step_that_judges(office, client_for):
    sop = install(office, "inspektorat")
    text = SopVersion.objects.get(sop=sop).source.replace("act: validasi", "act: verifikasi")
    actions.import_version(office=office.office, text=text, by=office.actor(office.camat))
    client = client_for(office.camat)

    form, page = client.get(f"/sop/{sop.pk}/").text, client.get(f"/sop/{sop.pk}/banding/").text

    assert "Tindakan: validasi" in form
    assert "<del>Langkah 4, keterangan: Tindakan: validasi</del>" in page
    assert "<ins>Langkah 4, keterangan: Tindakan: verifikasi</ins>" in page


def test_where_only_what_is_not_printed_differs_the_comparison_says_so(office, client_for):
    sop = install(office, "inspektorat")
    kept = load(SopVersion.objects.get(sop=sop).source)
    text = dump(replace(kept, corrections=kept.corrections[1:], header=replace(kept.header, number="065/07/000/2026")))
    text = text.replace("2023-01-02", "2026-01-02")
    actions.import_version(office=office.office, text=text, by=office.actor(office.camat))

    page = client_for(office.camat).get(f"/sop/{sop.pk}/banding/").text

    assert "Kata-kata formulirnya sama" in page
