"""The page of publishing, and what everybody may read without signing in."""

import csv
import io
import re
from decimal import Decimal
from functools import partial

import pytest
from django.test import Client

from runut.audit.models import Entry
from runut.collection.actions import append_value, mark_values
from runut.collection.models import MarkKind
from runut.documents.models import Signature
from runut.documents.queries import main_document
from runut.lib.nip import format_nip
from runut.organisation.models import Office
from runut.publication.actions import withdraw
from runut.publication.models import Release
from runut.publication.queries import preview
from runut.publication.rules import release_rows
from tests.collection import builders as forms
from tests.correction import builders as cases
from tests.documents import builders as papers
from tests.harness.scenes import scene
from tests.publication import builders
from tests.sop.play import open_task


def text(response):
    return response.content.decode()


def url_of(office, run):
    return f"/terbit/{main_document(run).pk}/?task={open_task(run, 'terbitkan').pk}"


def test_the_document_says_since_when_it_is_public_until_it_is_withdrawn(office, released, client_for):
    release, client = released, client_for(office.camat)
    url = f"/dokumen/{release.document_id}/"

    page = text(client.get(url))
    withdraw(release=release, by=office.actor(office.camat), reason="Salah unggah")
    after = text(client.get(url))

    assert "terbuka untuk umum sejak " in page and f'<a href="{release.get_absolute_url()}">' in page
    assert "terbuka untuk umum" not in after


@pytest.mark.requirement("R-INSP-19")
def test_the_page_shows_what_becomes_public_before_it_does(office, inspektorat, client_for):
    client, task = client_for(office.camat), open_task(inspektorat.run, "terbitkan")
    url = url_of(office, inspektorat.run)
    assert client.get(f"/tugas/{task.pk}/terbitkan/")["Location"] == url

    page = client.get(url)
    assert "Disembunyikan: kurang dari lima orang" in text(page)
    form = {"key": page.context["page"].key, "act": "complete", "data_hash": main_document(inspektorat.run).data_hash}
    form |= {"information_class": "berkala"}
    assert client.post(url, form).status_code == 422
    answer = client.post(url, {**form, "checked": "on"}, follow=True)

    assert answer.redirect_chain[-1][0] == inspektorat.run.get_absolute_url()
    assert "Terbit untuk publik" in text(answer)
    assert f'<a href="/publik/{office.office.slug}/2026/v1/">' in text(answer)


def test_an_error_is_sent_back_from_the_page(office, inspektorat, client_for):
    figure, _other = cases.figures(inspektorat.run, inspektorat.people[0])
    client, url = client_for(office.camat), url_of(office, inspektorat.run)
    page = client.get(url)
    form = {"key": page.context["page"].key, "act": "return", "data_hash": "", "reason": "IKM keliru"}

    nothing = client.post(url, form)
    assert nothing.status_code == 422
    assert "apa yang keliru" in text(nothing)
    assert client.post(url, {**form, f"wrong_{figure.pk}": "bulan April"}).status_code == 302
    assert Signature.objects.get().revoke_reason == "IKM keliru"


def test_each_figure_s_field_is_named_with_whose_it_is(office, inspektorat, client_for):
    page = text(client_for(office.camat).get(url_of(office, inspektorat.run)))

    labels = re.findall(r'<label class="sr" for="id_wrong_\d+">([^<]*)</label>', page)

    assert len(labels) > len(inspektorat.people) and len(set(labels)) == len(labels)
    for person in inspektorat.people:
        assert any(label.endswith(f", {person.full_name}?") for label in labels)


def test_a_long_list_of_figures_is_folded_with_its_number_until_something_comes_back(
    office, inspektorat, client_for, monkeypatch
):
    client, url = client_for(office.camat), url_of(office, inspektorat.run)
    count = len(main_document(inspektorat.run).content["rows"])
    summary = f"<summary>Pilih angka yang keliru dari {count} angka</summary>"
    few = text(client.get(url))
    monkeypatch.setattr("runut.publication.forms.FEW", count - 1)

    page = client.get(url)
    form = {"key": page.context["page"].key, "act": "return", "data_hash": "", "reason": "IKM keliru"}
    again = text(client.post(url, form))

    assert f"<details>{summary}" in text(page)
    assert f"<details open>{summary}" in again
    assert (f"<details open>{summary}" in few) == (count <= 5)


def test_only_who_may_publish_sees_the_form(office, inspektorat, client_for):
    url = url_of(office, inspektorat.run)

    assert client_for(office.staf).get(url).status_code == 302
    posted = client_for(office.staf).post(
        url, {"key": "k", "act": "complete", "checked": "on", "information_class": "berkala"}
    )
    assert posted.status_code == 403


@scene
def released(office, inspektorat):
    builders.publish(office, inspektorat.run)
    return Release.objects.get()


def another(released, **changes):
    """The next release of the year, as the same step might have made it."""
    same = {
        field.attname: getattr(released, field.attname)
        for field in Release._meta.concrete_fields
        if field.attname not in ("id", "no", "task_id", "supersedes_id", *changes)
    }
    task = released.task.run.tasks.filter(release=None).first()
    return Release.objects.create(**same, **changes, no=released.no + 1, task=task)


def test_everybody_reads_a_release_without_signing_in_and_without_a_cookie(office, released):
    visitor = Client()

    for url in ("/publik/", released.get_absolute_url()):
        page = visitor.get(url)
        assert page.status_code == 200
        assert office.office.name in text(page)
        assert not page.cookies


def test_who_is_signed_in_finds_the_way_back_to_the_tasks_on_the_public_pages(office, released, client_for):
    pages = [text(client_for(office.staf).get(url)) for url in ("/publik/", released.get_absolute_url())]

    for page in pages:
        assert '<a class="signin" href="/tugas/">Tugas Saya</a>' in page
        assert 'href="/masuk/"' not in page


def test_no_person_stands_on_the_public_pages(office, released):
    visitor = Client()
    pages = [
        text(visitor.get(url))
        for url in ("/publik/", released.get_absolute_url(), f"{released.get_absolute_url()}data.csv")
    ]

    for person in office.everybody:
        assert not any(person.name in page or person.nip in page for page in pages)


def test_the_year_leads_to_the_latest_release(office, released):
    answer = Client().get(f"/publik/{office.office.slug}/2026/")

    assert answer["Location"] == released.get_absolute_url()
    assert Client().get(f"/publik/{office.office.slug}/2019/").status_code == 404
    assert Client().get(f"/publik/{office.office.slug}/2026/v9/").status_code == 404


def test_a_release_is_had_as_a_table(office, released):
    answer = Client().get(f"{released.get_absolute_url()}data.csv")

    rows = list(csv.DictReader(io.StringIO(text(answer).lstrip("\ufeff")), delimiter=";"))
    assert answer["Content-Type"].startswith("text/csv")
    assert {row["indikator"] for row in rows} == set(forms.NAMES[:2])
    assert {row["disembunyikan"] for row in rows} == {"ya"}


def test_nothing_in_the_table_is_a_formula(office, released):
    Office.objects.filter(pk=office.office.pk).update(name="-2+3 Kecamatan")

    table = text(Client().get(f"{released.get_absolute_url()}data.csv"))

    assert {row[0] for row in csv.reader(io.StringIO(table), delimiter=";")} == {"\ufeffkantor", "'-2+3 Kecamatan"}


@pytest.mark.requirement("R-INSP-21")
def test_averages_of_people_show_target_figure_and_achievement(office, released):
    five = release_rows([builders.row(f"p{no}", actual=f"{70 + no}") for no in range(1, 6)], "pegawai")
    newer = another(released, rows=five)

    page = text(Client().get(newer.get_absolute_url()))

    assert "Rata-rata target</th>" in page and "Rata-rata realisasi</th>" in page
    assert (
        '<td class="n" data-label="Rata-rata target">80</td><td class="n" data-label="Rata-rata realisasi">73</td>'
        in page
    )


def test_a_release_says_which_of_the_year_it_is_and_whether_it_corrects(office, released):
    page = text(Client().get(released.get_absolute_url()))

    assert "Terbitan ke-1 tahun 2026, Triwulan I<" in page
    assert "Tidak memperbaiki terbitan lain; ini yang pertama untuk Triwulan I." in page
    assert "Terbitan ke-1 tahun 2026, Triwulan I" in text(Client().get("/publik/"))


def test_a_withdrawn_release_says_so_and_shows_no_figure(office, released, client_for):
    client = client_for(office.camat)
    page = client.post(f"/terbit/{released.pk}/tarik/", {"reason": "satuan keliru"}, follow=True)

    assert "satuan keliru" in text(page)
    assert forms.NAMES[0] not in text(page)
    assert Client().get(f"{released.get_absolute_url()}data.csv").status_code == 404
    assert client_for(office.staf).get(f"/terbit/{released.pk}/tarik/").status_code == 403


def test_who_may_withdraw_finds_the_way_on_the_release_and_in_the_list_of_the_office(office, released, client_for):
    way = f'href="/terbit/{released.pk}/tarik/"'
    pages = (released.get_absolute_url(), f"/publik/{office.office.slug}/")

    for page in pages:
        assert way in text(client_for(office.camat).get(page))
        assert way not in text(client_for(office.staf).get(page))
        assert way not in text(Client().get(page))

    withdraw(release=released, by=office.actor(office.camat), reason="satuan keliru")
    assert all(way not in text(client_for(office.camat).get(page)) for page in pages)


def test_an_office_has_a_page_of_its_own_for_everybody(office, released):
    page = Client().get(f"/publik/{office.office.slug}/")

    assert page.status_code == 200 and f'href="{released.get_absolute_url()}"' in text(page)
    assert office.office.name in text(page)
    assert Client().get("/publik/tidak-ada/").status_code == 404


def test_a_release_that_was_replaced_leads_to_the_newer_one(office, released):
    newer = another(released, supersedes=released)

    page = text(Client().get(released.get_absolute_url()))

    assert "sudah digantikan terbitan ke-2" in page
    assert newer.get_absolute_url() in page
    said = text(Client().get(newer.get_absolute_url()))
    assert "Memperbaiki terbitan ke-1, juga Triwulan I." in said
    assert released.get_absolute_url() in said


def test_a_release_whose_replacement_was_withdrawn_says_that_none_is_in_force(office, released):
    newer = another(released, supersedes=released)
    withdraw(release=newer, by=office.actor(office.camat), reason="satuan keliru")

    page = text(Client().get(released.get_absolute_url()))
    list_ = text(Client().get(newer.get_absolute_url()))

    assert "Penggantinya, terbitan ke-2, ditarik" in page and "tidak ada terbitan yang berlaku" in page
    assert "Buka terbitan yang berlaku" not in page
    assert "· ditarik" in list_
    last = another(newer, supersedes=newer, withdrawn_at=None, withdrawn_by_id=None)
    page = text(Client().get(released.get_absolute_url()))
    assert f'href="{last.get_absolute_url()}">Buka terbitan yang berlaku' in page


def test_figures_of_units_are_published_as_they_were_signed(office, frozen_time):
    run = papers.of_units(office, office.units[2:4])
    papers.compile_data(office, run)
    papers.initial(office, run)
    papers.sign(office, run)

    found = preview(main_document(run))

    assert [row["actual"] for row in found.rows] == ["84,75", "90", "84,75", "90"]
    assert (found.names, found.signed_as) == ([], ["Camat"])


@pytest.mark.parametrize("words_for", [lambda person: person.name, lambda person: format_nip(person.nip)])
def test_the_public_reason_of_a_withdrawal_names_nobody(office, released, client_for, words_for):
    form = {"reason": f"Angka dari {words_for(office.asn[0])} keliru"}

    answer = client_for(office.camat).post(f"/terbit/{released.pk}/tarik/", form)

    released.refresh_from_db()
    assert answer.status_code == 422 and "Tulis alasannya tanpa nama dan NIP" in text(answer)
    assert form["reason"] in text(answer) and released.withdrawn_at is None


def test_a_withdrawal_is_written_down(office, released):
    withdraw(release=released, by=office.actor(office.camat), reason="satuan keliru")

    assert Entry.objects.get(event="release.withdrawn").payload["reason"] == "satuan keliru"


CORRECTED = "1 angka yang menjadi dasar terbitan ini sudah diperbaiki, sejak "


def correct(office, inspektorat):
    figure = cases.figures(inspektorat.run, inspektorat.people[0])[0]
    by = office.actor(office.camat)
    value = append_value(figure=figure, by=by, amount=Decimal("70.55"), cause="Salah bulan.", reason="Rapat.")
    return value, partial(mark_values, values=[value], kind=MarkKind.DECIDED, by=by, basis="Perbaikan selesai.")


def test_the_public_page_says_that_figures_behind_it_were_corrected_and_shows_none_of_them(
    office, inspektorat, released, frozen_time
):
    url, visitor = released.get_absolute_url(), Client()
    frozen_time.move_to("2026-05-04T03:00:00+00:00")
    _value, decide = correct(office, inspektorat)
    proposed = text(visitor.get(url))

    decide()

    page = text(visitor.get(url))
    assert "sudah diperbaiki" not in proposed
    assert f"{CORRECTED}4 Mei 2026. Yang tampil masih seperti saat terbit." in page
    assert page.index(CORRECTED) < page.index("Golongan informasi")
    assert "70,55" not in page and "Tarik publikasi" not in page and "riwayat angkanya" not in page


def test_a_release_that_is_withdrawn_or_replaced_says_nothing_more_of_corrections(office, inspektorat, released):
    correct(office, inspektorat)[1]()
    newer = another(released, supersedes=released)

    assert CORRECTED not in text(Client().get(released.get_absolute_url()))
    assert CORRECTED in text(Client().get(newer.get_absolute_url()))
    withdraw(release=newer, by=office.actor(office.camat), reason="satuan keliru")
    assert CORRECTED not in text(Client().get(newer.get_absolute_url()))


def test_who_may_withdraw_reads_on_the_document_and_the_release_what_can_be_done_about_a_correction(
    office, inspektorat, released, client_for
):
    correct(office, inspektorat)[1]()
    camat, staff = client_for(office.camat), client_for(inspektorat.people[1])
    pages = f"/dokumen/{released.document_id}/", released.get_absolute_url()

    for url in pages:
        said = text(camat.get(url))
        assert CORRECTED in said and "Angka yang baru ada di riwayat angkanya." in said
        assert f'href="/terbit/{released.pk}/tarik/">Tarik publikasi</a>' in said
        assert "riwayat angkanya" not in text(staff.get(url))
