"""A quarter in all offices of a government: who may see it, what it says of each, and what it costs."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runut.organisation.actions import mark_coordinating
from runut.organisation.models import Office
from tests.cast import build_office
from tests.collection import builders
from tests.collection.builders import fill_in, review

PAGE = "/periode/2026/1/kantor/"


@pytest.fixture
def bappeda(office, frozen_time):
    """Another office of the same government, which coordinates."""
    other = build_office("dinas", instansi=office.instansi)
    mark_coordinating(office=other.office, coordinates=True, by=None)
    return other


@pytest.fixture
def third(office, frozen_time):
    """An office of the same government that has opened nothing."""
    return build_office("kecamatan", instansi=office.instansi)


def rows_of(page):
    """The rows of the table: the office's name and the text of each cell by its heading."""
    found = {}
    for row in re.findall(r"<tr.*?</tr>", page.partition("<tbody>")[2].partition("</tbody>")[0], re.S):
        name = _plain(re.search(r'<th scope="row".*?</th>', row, re.S).group())
        cells = re.findall(r'<td[^>]*data-label="([^"]*)"[^>]*>(.*?)</td>', row, re.S)
        found[name] = {label: _plain(cell) for label, cell in cells}
    return found


def _plain(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_whoever_works_in_a_coordinating_office_sees_how_far_every_office_is(
    office, people, bappeda, third, frozen_time, client_for
):
    fill_in(office, people.run, people.a)
    review(office, people.run, people.a, people.kasi)
    frozen_time.shift(timedelta(days=7))
    browser = client_for(bappeda.staf)

    assert f'href="{PAGE}"' in browser.get("/periode/").text
    page = browser.get(PAGE)

    rows = rows_of(page.text)
    assert list(rows) == [office.office.name, *sorted([bappeda.office.name, third.office.name])]
    mine = rows[office.office.name]
    assert (mine["Terkirim"], mine["Diajukan"], mine["Diperiksa"], mine["Ditandatangani"]) == ("2", "1", "1", "0")
    assert mine["Keadaan"] == "Berjalan"
    assert "lewat" in mine["Terlambat"] and mine["Terlambat"].startswith("1 tugas")
    assert mine["Gerak terakhir"] == "3 Feb 2026 09.00 WIB"
    assert rows[third.office.name]["Keadaan"] == "Belum dibuka"
    assert "1 dari 3 kantor sudah membuka periode ini" in _plain(page.text)


def test_it_names_no_person_and_shows_no_figure(office, people, bappeda, client_for):
    builders.type_in(office, people.sheet, people.a, "84,75", "90")
    builders.submit(office, people.run, people.a)

    page = client_for(bappeda.staf).get(PAGE).text
    table = page.partition("<main")[2].partition("</main>")[0]

    assert not [person.name for person in office.everybody if person.name in table]
    assert "84,75" not in table


def test_it_opens_nothing_that_the_person_could_not_open_already(office, people, bappeda, client_for):
    browser = client_for(bappeda.staf)

    main = browser.get(PAGE).text.partition("<main")[2].partition("</main>")[0]

    for address in set(re.findall(r'href="(/[^"#]*)"', main)):
        assert browser.get(address).status_code == 200, address
    assert 'href="/periode/2026/1/"' not in main
    for address in ("/periode/2026/1/", people.sheet.get_absolute_url(), people.run.get_absolute_url()):
        assert browser.get(address).status_code == 404


def test_one_s_own_office_leads_to_its_period(office, people, client_for):
    mark_coordinating(office=office.office, coordinates=True, by=None)

    assert 'href="/periode/2026/1/"' in client_for(office.staf).get(PAGE).text


@pytest.mark.parametrize("who", ["camat", "admin", "staf"])
def test_nobody_of_another_office_sees_it(office, people, bappeda, client_for, who):
    browser = client_for(getattr(office, who))

    assert PAGE not in browser.get("/periode/").text
    assert browser.get(PAGE).status_code == 403
    assert browser.get(f"{PAGE[:-1]}.csv").status_code == 403


def test_a_coordinating_office_sees_its_own_government_only(office, people, frozen_time, client_for):
    elsewhere = build_office("dinas")
    mark_coordinating(office=elsewhere.office, coordinates=True, by=None)
    browser = client_for(elsewhere.camat)

    assert browser.get(PAGE).status_code == 404
    assert PAGE not in browser.get("/periode/").text


def test_the_right_ends_with_the_mark(office, people, bappeda, client_for):
    mark_coordinating(office=bappeda.office, coordinates=False, by=None)

    assert client_for(bappeda.camat).get(PAGE).status_code == 403


@pytest.mark.parametrize("address", ["2025/1/kantor/", "2026/9/kantor/", "2025/1/kantor.csv"])
def test_a_quarter_that_no_office_opened_is_not_there(office, people, bappeda, client_for, address):
    assert client_for(bappeda.staf).get(f"/periode/{address}").status_code == 404


def test_the_latest_comes_first_or_the_names_in_order(office, people, bappeda, third, frozen_time, client_for):
    frozen_time.shift(timedelta(days=9))
    browser = client_for(bappeda.staf)

    assert next(iter(rows_of(browser.get(PAGE).text))) == office.office.name
    by_name = list(rows_of(browser.get(f"{PAGE}?urut=nama").text))
    assert by_name == sorted(by_name)


def test_the_file_has_a_line_for_every_office(office, people, bappeda, third, frozen_time, client_for):
    fill_in(office, people.run, people.a)
    frozen_time.shift(timedelta(days=7))

    answer = client_for(bappeda.staf).get("/periode/2026/1/kantor.csv")
    head, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")

    assert answer["Content-Disposition"] == 'attachment; filename="kantor-2026-tw1.csv"'
    assert [line[0] for line in lines] == [office.office.name, *sorted([bappeda.office.name, third.office.name])]
    first = dict(zip(head, lines[0], strict=True))
    assert (first["Terkirim"], first["Diajukan"], first["Keadaan"]) == ("2", "1", "Berjalan")
    assert dict(zip(head, lines[1], strict=True))["Keadaan"] == "Belum dibuka"


def test_it_takes_as_many_statements_for_thirty_offices_as_for_three(
    office, people, bappeda, third, frozen_time, client_for
):
    frozen_time.shift(timedelta(days=7))
    browser, counts = client_for(bappeda.staf), []
    for more in (0, 27):
        for _office in range(more):
            other = build_office("kecamatan", instansi=office.instansi)
            builders.collection_of_people(other, other.asn_of(other.kasi[0])[:1])
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(PAGE)
        counts.append(len(asked))
        assert len(rows_of(page.text)) == 3 + more

    assert counts[0] == counts[1] <= 12


def test_fifty_offices_make_a_page(office, people, bappeda, frozen_time, client_for):
    Office.objects.bulk_create(
        Office(
            instansi=office.instansi, code=f"X{no}", slug=f"x-{no}", name=f"Kantor {no:02}", short_name=f"K{no}",
            kind="dinas",
        )
        for no in range(50)
    )  # fmt: skip
    browser = client_for(bappeda.staf)

    first, second = browser.get(PAGE).text, browser.get(f"{PAGE}?halaman=2").text

    assert (len(rows_of(first)), len(rows_of(second))) == (50, 2)
    assert "1 dari 52 kantor" in _plain(second)
