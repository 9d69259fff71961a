"""Sending back from a later step: not only whose data, but which figures of theirs."""

import re

import pytest

from runut.collection.models import Line
from tests.collection import builders as forms
from tests.documents import builders
from tests.sop.play import open_task


def fields(page, **more):
    return {"key": page.context["page"].key, "act": "return", "data_hash": page.context["paper"].data_hash, **more}


def notes_of(run, member):
    rows = Line.objects.filter(sheet__run=run, sheet__member=forms.key_of(member)).order_by("figure__no")
    return [(line.editable, line.verdict_note) for line in rows]


def figures_of(run, member):
    rows = Line.objects.filter(sheet__run=run, sheet__member=forms.key_of(member)).order_by("figure__no")
    return list(rows.values_list("figure", flat=True))


@pytest.fixture
def at_paraf(office, compiled, client_for):
    """The secretary's browser and the page on which the recap is initialled or sent back."""
    return client_for(office.sekretaris), f"/tugas/{open_task(compiled.run, 'paraf').pk}/paraf/"


@pytest.mark.requirement("R-KINTOM-18")
def test_the_page_names_the_figures_under_each_person(compiled, at_paraf):
    client, url = at_paraf

    page = client.get(url).text

    boxes = re.findall(r'name="figure" value="(\d+)"', page)
    assert [int(pk) for pk in boxes] == figures_of(compiled.run, compiled.a) + figures_of(compiled.run, compiled.b)


def test_who_has_one_figure_is_not_sent_to_choose_among_figures(office, frozen_time, client_for):
    people = office.asn[:2]
    run = forms.collection_of_people(office, people, how_many=1, code="pengumpulan-pegawai")
    for person in people:
        forms.fill_in(office, run, person, "84,75")
        forms.review(office, run, person, office.kasi[0])
    builders.compile_data(office, run)

    page = client_for(office.sekretaris).get(f"/tugas/{open_task(run, 'paraf').pk}/paraf/").text

    assert "Pilih yang dikembalikan" in page and "angka tertentu" not in page
    assert "beberapa angkanya yang keliru" not in page


@pytest.mark.requirement("R-KINTOM-18")
def test_a_ticked_figure_goes_back_alone_and_its_filler_sees_which(office, compiled, at_paraf, client_for):
    client, url = at_paraf
    first, _second = figures_of(compiled.run, compiled.a)

    answer = client.post(url, fields(client.get(url), figure=[first], reason="bukti bulan lain"))

    assert answer.status_code == 302
    assert notes_of(compiled.run, compiled.a) == [(True, "bukti bulan lain"), (False, "")]
    assert [s.pegawai for s in compiled.run.sheets.filter(state="returned")] == [compiled.a]
    form = client_for(compiled.a).get(f"/tugas/{open_task(compiled.run, 'isi', f'p{compiled.a.pk}').pk}/", follow=True)
    assert form.text.count("bukti bulan lain</") >= 1
    assert form.text.count("Catatan pemeriksa") == 1


def test_of_a_person_ticked_without_a_figure_everything_goes_back(compiled, at_paraf):
    client, url = at_paraf
    first, _second = figures_of(compiled.run, compiled.a)
    sent = {"chosen": [compiled.b.pk], "figure": [first], "reason": "periksa lagi"}

    client.post(url, fields(client.get(url), **sent))

    assert notes_of(compiled.run, compiled.a) == [(True, "periksa lagi"), (False, "")]
    assert notes_of(compiled.run, compiled.b) == [(True, "periksa lagi"), (True, "periksa lagi")]


def test_what_was_ticked_is_still_ticked_where_the_reason_was_forgotten(compiled, at_paraf):
    client, url = at_paraf
    first, _second = figures_of(compiled.run, compiled.a)

    page = client.post(url, fields(client.get(url), figure=[first]))

    assert page.status_code == 422
    assert f'name="figure" value="{first}" checked' in page.text


def test_the_signer_names_figures_too(office, compiled, client_for):
    builders.initial(office, compiled.run)
    client, url = client_for(office.camat), f"/tugas/{open_task(compiled.run, 'tandatangan').pk}/ttd/"
    _first, second = figures_of(compiled.run, compiled.b)
    page = client.get(url, follow=True)

    answer = client.post(page.redirect_chain[-1][0], fields(page, figure=[second], reason="satuan keliru"))

    assert answer.status_code == 302
    assert notes_of(compiled.run, compiled.b) == [(False, ""), (True, "satuan keliru")]
    history = client.get(f"/angka/{second}/").text
    assert "Dikembalikan untuk diperbaiki: satuan keliru" in history and office.camat.full_name in history


def test_a_figure_of_another_run_is_not_taken(office, compiled, at_paraf):
    client, url = at_paraf

    page = client.post(url, fields(client.get(url), figure=[999_999], reason="keliru"))

    assert page.status_code == 422
    assert not compiled.run.sheets.filter(state="returned").exists()
