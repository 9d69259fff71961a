"""What is open in a form's and a quarter's workbook: what whoever took it out may fill in; and why not the rest."""

import pytest

from tests.collection import builders
from tests.collection.test_period_workbook import (
    ACTUAL,
    bring_in,
    filler,
    head_of,
    lines_of,
    out,
    quarter,
    send,
)
from tests.harness.opened import Opened

__all__ = ["filler", "out", "quarter"]
pytestmark = pytest.mark.django_db
ROWS = range(7, 13)


def opened(client, quarter, more=""):
    return Opened(client.get(f"/periode/{quarter.period.pk}/unduh/{more}").content)


def open_rows(book):
    return [row for row in ROWS if not book.is_locked(f"G{row}")]


def notes(book):
    return " ".join(book.text("Petunjuk").values())


def test_who_fills_in_one_form_finds_only_that_one_open(quarter, filler):
    book = opened(filler, quarter)

    assert book.is_protected and open_rows(book) == [7, 8, 9]
    assert f"Terkunci (diisi oleh orang lain): {quarter.second.name}." in notes(book)


def test_whatever_is_open_may_be_imported_by_who_took_it_out(quarter, filler, out):
    for row in open_rows(opened(filler, quarter)):
        out[row - 1][ACTUAL] = 7

    page = send(filler, quarter, out)

    assert "3 berubah, 3 tetap, 0 ditolak" in page.text
    bring_in(filler, page)
    assert [line.amount for line in lines_of(quarter, quarter.first)] == [7, 7, 7]


def test_who_fills_in_nothing_finds_nothing_open_and_reads_why(quarter, office, client_for):
    book = opened(client_for(office.camat), quarter)

    assert open_rows(book) == []
    assert "Tidak ada baris yang dapat Anda isi." in book.text("Data kinerja")["A5"]
    names = ", ".join(sorted([quarter.first.name, quarter.second.name]))
    assert f"Terkunci (diisi oleh orang lain): {names}." in notes(book)


def test_to_be_passed_on_everything_is_open_that_somebody_still_fills_in(quarter, office, client_for):
    builders.fill_in(office, quarter.run, quarter.first, "84", "85", "12", who=head_of(office, quarter.first))
    client = client_for(office.camat)

    book = opened(client, quarter, "?edar")

    assert open_rows(book) == [10, 11, 12]
    assert f"Terkunci (Diajukan): {quarter.first.name}." in notes(book)
    page = client.get(quarter.period.get_absolute_url()).text
    assert f'href="/periode/{quarter.period.pk}/unduh/?edar"' in page


def test_a_form_is_locked_for_whoever_only_reads_it(quarter, office, filler, client_for):
    sheet = lines_of(quarter, quarter.first)[0].sheet
    own, read = (
        Opened(client.get(f"/isian/{sheet.pk}/unduh/").content) for client in (filler, client_for(office.camat))
    )

    assert [one.is_locked("F7") for one in (own, read)] == [False, True]
    assert "diisi orang lain, atau belum dibuka" in notes(read) and "Sel berlatar kuning" in notes(own)


def test_a_form_that_was_handed_in_says_why_it_is_locked(quarter, office, filler):
    builders.fill_in(office, quarter.run, quarter.first, "84", "85", "12", who=head_of(office, quarter.first))
    sheet = lines_of(quarter, quarter.first)[0].sheet

    book = Opened(filler.get(f"/isian/{sheet.pk}/unduh/").content)

    assert book.is_locked("F7") and "Formulir ini sudah diajukan." in notes(book)


def test_a_note_that_ends_in_a_degree_has_one_full_stop(people, office, client_for):
    for person in (people.a, people.b):
        person.title_back = "A.Md."
        person.save(update_fields=["title_back"])

    book = Opened(client_for(office.camat).get(f"/periode/{people.run.period.pk}/unduh/").content)

    assert "A.Md. " in notes(book) + " " and ".." not in notes(book)
