"""A page that stood open while the work went on: what happened, by whom, and where it goes on."""

import pytest

from runut.collection.actions import append_value
from runut.collection.models import Line
from tests.documents import builders
from tests.documents.test_pages import fields, text
from tests.sop.play import open_task


@pytest.fixture
def opened(office, ngoro, client_for):
    """The step that hands the report up, on the page of the head of the subsection: client, address, page."""
    builders.compile_data(office, ngoro.run, office.kasubag, adequate=[ngoro.a1.pk, ngoro.b1.pk])
    client, address = client_for(office.kasubag), f"/tugas/{open_task(ngoro.run, 'lapor').pk}/lapor/"
    return client, address, client.get(address)


def sent(office, page, **more):
    return fields(page, "complete", recipient=office.sekretaris.pk, text="Tiga angka diperbaiki.", **more)


def test_a_report_that_a_colleague_handed_up_says_who_did_and_leads_on(office, ngoro, opened):
    client, address, page = opened
    builders.hand_up(office, ngoro.run, "lapor", office.kasubag, office.sekretaris)

    answers = [client.post(address, sent(office, page)), client.post(address, sent(office, page) | {"recipient": ""})]

    next_one = open_task(ngoro.run, "rapat")
    for answer in answers:
        words = text(answer)
        assert answer.status_code == 409
        assert f"Langkah ini sudah dikerjakan oleh {office.actor(office.kasubag).title}, " in words
        assert office.kasubag.full_name in words
        assert "Berikutnya" in words and next_one.text in words
        assert f'href="{ngoro.run.get_absolute_url()}">Lihat kelanjutannya</a>' in words
    assert "Tiga angka diperbaiki." in text(answers[0])


def test_a_report_under_which_the_data_moved_on_says_whose_change_it_was(office, ngoro, opened):
    client, address, page = opened
    line = Line.objects.get(sheet__run=ngoro.run, figure=ngoro.a1)
    actor = office.actor(ngoro.pptk[0])
    append_value(
        figure=line.figure, by=actor, amount=91, cause="Salah hitung", reason="Dihitung ulang", sheet=line.sheet
    )

    answer = client.post(address, sent(office, page))

    words = text(answer)
    assert answer.status_code == 409
    assert "Data berubah sejak dokumen ini Anda buka." in words
    assert f"Angka terakhir diubah oleh {actor.pegawai.full_name}" in words
    assert f'href="/tugas/{open_task(ngoro.run, "lapor").pk}/">Buka lagi langkah ini</a>' in words
    assert "Tiga angka diperbaiki." in words
