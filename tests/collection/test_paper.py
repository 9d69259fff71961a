"""Entry on behalf of somebody who handed in paper: who typed it, when, and the scan."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction

from runut.audit.models import Entry
from runut.collection import actions
from runut.collection.models import PaperEntry, SheetState, Value
from runut.lib.errors import Denied, Refused
from tests.collection.builders import fill_in, key_of, review, submit, type_in
from tests.harness.scenes import scene
from tests.sop.play import open_task


def paper(name="formulir.pdf", content=b"%PDF-1.4 tulisan tangan"):
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@scene
def typed_in(office, people):
    """The Staf has typed in A's paper and handed it in."""
    actions.enter_from_paper(sheet=people.sheet, by=office.actor(office.staf), upload=paper())
    fill_in(office, people.run, people.a, who=office.staf)
    return people


def test_the_staf_types_in_a_paper_and_the_form_says_so(office, people, client_for):
    client, address = client_for(office.staf), f"/isian/{people.sheet.pk}/kertas/"
    assert f'href="{address}"' in client.get("/periode/2026/1/").text

    answer = client.post(address, {"file": paper()}, follow=True)
    type_in(office, people.sheet, office.staf, "84,75", "90")
    submit(office, people.run, people.a, office.staf)

    entry, mine = PaperEntry.objects.get(), client_for(people.a).get(people.sheet.get_absolute_url()).text
    assert "Pindaian tersimpan." in answer.text
    assert f"diisikan oleh {office.staf.full_name} dari formulir kertas" in mine
    assert (entry.by, entry.round, entry.name) == (office.staf, 1, "formulir.pdf")
    scan = client_for(people.a).get(f"/isian/{people.sheet.pk}/kertas/{entry.pk}/")
    assert b"".join(scan.streaming_content) == b"%PDF-1.4 tulisan tangan"
    assert set(Value.objects.values_list("by", flat=True)) == {office.staf.pk}


def test_a_form_that_its_owner_fills_in_is_taken_over_only_knowingly_and_she_learns_why(office, people, client_for):
    own, staf, address = client_for(people.a), client_for(office.staf), f"/isian/{people.sheet.pk}/kertas/"
    unopened = staf.get(address).text
    own.get(people.sheet.get_absolute_url())
    opened = staf.get(address).text
    type_in(office, people.sheet, people.a, "84,75")

    page = staf.get(address).text
    refused = staf.post(address, {"file": paper()})
    with pytest.raises(Refused, match="sudah mengisi 1 baris"):
        actions.enter_from_paper(sheet=people.sheet, by=office.actor(office.staf), upload=paper())
    untouched = open_task(people.run, "isi", key_of(people.a)).pegawai
    taken = staf.post(address, {"file": paper(), "begun": "on"})
    late = own.post(people.sheet.get_absolute_url(), {}, headers={"Accept": "application/json"})

    assert f"{people.a.full_name} sudah" not in unopened and 'name="begun"' not in unopened
    assert f"{people.a.full_name} sudah membuka formulir ini" in opened and 'name="begun"' in opened
    assert f"{people.a.full_name} sudah mengisi 1 baris formulir ini, terakhir" in page
    assert (refused.status_code, untouched, taken.status_code) == (422, people.a, 302)
    assert "Centang bila memang maksudnya." in refused.text
    assert late.status_code == 403 and f"diisikan oleh {office.staf.full_name}, karena" in late.json()["sentence"]


def test_the_history_of_a_figure_says_that_it_came_from_a_paper_with_its_scan(office, typed_in, client_for):
    figure, scan = Value.objects.first().figure, PaperEntry.objects.get()

    page = client_for(typed_in.a).get(figure.get_absolute_url()).text
    review(office, typed_in.run, typed_in.a, typed_in.kasi, "return", {0: "Angka tidak terbaca."})
    type_in(office, typed_in.sheet, typed_in.a, "80")
    submit(office, typed_in.run, typed_in.a)
    again = client_for(typed_in.a).get(figure.get_absolute_url()).text

    assert "diisikan dari formulir kertas" in page
    assert f'href="/isian/{typed_in.sheet.pk}/kertas/{scan.pk}/"' in page
    assert again.count("diisikan dari formulir kertas") == 1


def test_it_is_logged_with_the_hash_of_the_scan(office, typed_in):
    entry, paper_entry = Entry.objects.get(event="sheet.entered_for"), PaperEntry.objects.get()

    assert entry.actor_id == office.staf.pk
    assert entry.payload["after"]["sha256"] == paper_entry.sha256
    assert Entry.objects.get(event="task.handed_over").payload["reason"] == "Diisikan dari formulir kertas."


def test_the_reviewer_sees_the_mark_and_a_return_goes_to_the_person(office, typed_in, client_for):
    page = client_for(typed_in.kasi).get(f"/validasi/{typed_in.sheet.pk}/").text

    review(office, typed_in.run, typed_in.a, typed_in.kasi, "return", {0: "Angka tidak terbaca."})

    assert "dari formulir kertas" in page
    assert open_task(typed_in.run, "isi", key_of(typed_in.a)).pegawai == typed_in.a


def test_who_typed_it_in_does_not_review_it(office, people):
    actions.enter_from_paper(sheet=people.sheet, by=office.actor(office.camat), upload=paper())
    fill_in(office, people.run, people.a, who=office.camat)
    task = open_task(people.run, "periksa", key_of(people.a))
    task.jabatan = office.jabatan["camat"]
    task.save()

    with pytest.raises(Denied, match="data yang Anda isi sendiri"):
        review(office, people.run, people.a, office.camat)


def test_neither_a_colleague_nor_the_admin_types_in_for_others(office, people):
    for who in (people.b, people.kasi, office.admin):
        with pytest.raises(Denied):
            actions.enter_from_paper(sheet=people.sheet, by=office.actor(who), upload=paper())

    assert open_task(people.run, "isi", key_of(people.a)).pegawai == people.a


@pytest.mark.parametrize(("name", "content"), [("formulir.pdf", b"bukan pdf"), ("tabel.xlsx", b"PK\x03\x04")])
def test_what_is_no_scan_is_refused_at_its_field_and_nothing_changes(office, people, client_for, name, content):
    answer = client_for(office.staf).post(f"/isian/{people.sheet.pk}/kertas/", {"file": paper(name, content)})

    assert answer.status_code == 422
    assert PaperEntry.objects.count() == 0
    assert open_task(people.run, "isi", key_of(people.a)).pegawai == people.a


def test_what_is_handed_in_already_is_not_typed_in_again(office, people):
    fill_in(office, people.run, people.a)

    with pytest.raises(Refused, match="sedang tidak dapat diisi"):
        actions.enter_from_paper(sheet=people.sheet, by=office.actor(office.staf), upload=paper())

    people.sheet.refresh_from_db()
    assert people.sheet.state == SheetState.SUBMITTED


def test_a_scan_is_never_changed_or_removed(office, typed_in):
    for change in (lambda rows: rows.update(name="lain.pdf"), lambda rows: rows.delete()):
        with pytest.raises(Error), transaction.atomic():
            change(PaperEntry.objects.all())


def test_the_page_does_not_promise_another_reviewer_than_the_procedure_names(people, office, client_for):
    page = client_for(office.staf).get(f"/isian/{people.sheet.pk}/kertas/").text

    assert "pemeriksanya harus orang lain" in page and "pimpinan mengalihkannya" in page
