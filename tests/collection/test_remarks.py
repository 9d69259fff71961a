"""What people write beside a figure stays with it through the rounds."""

import pytest
from django.db import IntegrityError, transaction

from runut.audit.models import Entry
from runut.collection.actions import write_remark
from runut.collection.models import Remark
from runut.collection.queries import count_remarks, rows_of, thread_of
from runut.lib.errors import Denied, Refused
from tests.collection.builders import fill_in, review


@pytest.fixture
def line(people):
    return people.sheet.lines.get(figure__no=1)


def _address(people, line):
    return f"/isian/{people.sheet.pk}/baris/{line.pk}/"


def test_a_remark_is_written_on_the_page_and_stands_in_the_grid_and_the_log(people, line, client_for):
    client = client_for(people.a)

    answer = client.post(_address(people, line), {"act": "remark", "remark": "Survei diulang Juni."}, follow=True)

    assert answer.redirect_chain[-1][0] == f"{_address(people, line)}#catatan"
    assert "Survei diulang Juni." in answer.text
    assert "1 catatan" in client.get(f"/isian/{people.sheet.pk}/").text
    assert Entry.objects.latest("pk").event == "remark.written"


def test_the_thread_goes_on_after_the_form_came_back(office, people, line, client_for):
    write_remark(line=line, by=office.actor(people.a), text="Survei diulang Juni.")
    fill_in(office, people.run, people.a)
    write_remark(line=line, by=office.actor(people.kasi), text="Mana rekapnya?")
    review(office, people.run, people.a, people.kasi, "return", {0: "Bukti menunjukkan 88."})

    [row, _other] = rows_of(people.sheet)
    thread = thread_of(row.line)
    assert [(note.text, note.returned) for note in thread] == [
        ("Survei diulang Juni.", False),
        ("Mana rekapnya?", False),
        ("Bukti menunjukkan 88.", True),
    ]
    assert count_remarks(people.sheet) == {line.figure_id: 2}
    assert "Mana rekapnya?" in client_for(people.a).get(_address(people, line)).text


def test_who_may_not_see_the_form_writes_nothing_beside_it(office, people, line, client_for):
    with pytest.raises(Denied):
        write_remark(line=line, by=office.actor(people.b), text="Halo")

    assert client_for(people.b).post(_address(people, line), {"act": "remark", "remark": "Halo"}).status_code == 404
    assert Remark.objects.count() == 0


def test_an_empty_remark_comes_back_with_its_field(people, line, client_for):
    answer = client_for(people.a).post(_address(people, line), {"act": "remark", "remark": " "})

    assert answer.status_code == 422
    assert Remark.objects.count() == 0


@pytest.mark.parametrize("text", ["  ", "a" * 1001])
def test_a_remark_says_something_and_not_too_much(office, people, line, text):
    with pytest.raises(Refused):
        write_remark(line=line, by=office.actor(people.a), text=text)


def test_the_same_words_sent_twice_stand_once_and_for_good(office, people, line):
    by = office.actor(people.a)

    first = write_remark(line=line, by=by, text="Survei diulang Juni.")
    again = write_remark(line=line, by=by, text="Survei diulang Juni. ")

    assert first == again
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.update(text="Lain")
