"""Bringing an SOP in: choices that can be told apart, and faults in words that officers know."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from runut.sop.rules.file_words import KEYS
from runut.sop.rules.parse import dump
from runut.sop.rules.write import IDENTITY
from tests.sop.procedures import straight


def _sent(client, office, **more):
    return client.post("/sop/impor/", {"office": office.office.pk, "library": "", "text": "", **more}).text


def test_no_two_sops_of_the_library_read_alike(office, client_for):
    page = client_for(office.camat).get("/sop/impor/").text

    offered = re.findall(r'<option value="[a-z-]+">([^<]+)</option>', page)
    assert len(offered) == len(set(offered)) == 7
    assert [words for words in offered if words.startswith("Mekanisme Kesalahan Data Kinerja")] == [
        "Mekanisme Kesalahan Data Kinerja: 11 langkah, pelaksana pertama Camat (ngoro)",
        "Mekanisme Kesalahan Data Kinerja: 14 langkah, pelaksana pertama Kepala OPD (sidoarjo)",
    ]


def test_a_fault_names_the_part_in_words_and_the_files_key_in_quotes(office, client_for):
    text = dump(straight()).replace("work: coordinate", "work: berdoa").replace("lanes:", "pelaksana:")

    page = _sent(client_for(office.camat), office, text=text)

    assert "Jenis pekerjaan (“work”) berisi “berdoa”" in page and "“coordinate” (Koordinasikan)" in page
    assert "Daftar pelaksana (“lanes”) harus berupa daftar" in page


def test_a_file_of_another_kind_is_answered_in_plain_words(office, client_for):
    client = client_for(office.camat)

    page = _sent(client, office, file=SimpleUploadedFile("sop.docx", b"\xff\xfe\x00z"))

    assert "mungkin berkas Word, PDF, atau foto" in page
    assert ".yaml" not in re.sub(r"<[^>]+>", " ", client.get("/sop/impor/").text)


def test_the_help_that_the_page_points_to_is_there(office, client_for):
    client = client_for(office.camat)

    [address] = re.findall(r'href="([^"]+)">Cara menulis berkas SOP', client.get("/sop/impor/").text)
    page = client.get(address.partition("#")[0]).text

    assert f'id="{address.partition("#")[2]}"' in page
    assert "<code>lanes</code></dt><dd>Daftar pelaksana</dd>" in page


def test_every_part_of_a_file_has_its_word():
    assert {*IDENTITY, "lanes", "work", "outcomes", "slot"} <= KEYS.keys()
