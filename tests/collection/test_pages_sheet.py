"""The sheet's pages: the grid with and without script, one line, checking, handing in."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from runut.audit.models import Entry
from runut.collection.actions import append_value
from runut.collection.models import Evidence, SheetState, Value
from runut.lib.acts import new_key
from runut.organisation.actions import update_office
from runut.sop.models import Task
from tests.collection.builders import fill_in, key_of, review, sheet_of, submit
from tests.sop.play import open_task

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def _cells(sheet, *texts, **more):
    lines = sheet.lines.order_by("figure__no")
    data = {}
    for line, text in zip(lines, texts, strict=False):
        data |= {f"v-{line.pk}": text, f"rev-{line.pk}": line.rev, f"n-{line.pk}": ""}
    return data | more


def test_the_task_leads_to_the_grid(office, people, client_for):
    task = open_task(people.run, "isi", f"p{people.a.pk}")

    answer = client_for(people.a).get(f"/tugas/{task.pk}/", follow=True)

    assert answer.redirect_chain[-1][0] == f"/isian/{people.sheet.pk}/"
    assert 'aria-label="Realisasi Triwulan I, Nilai kepuasan masyarakat (IKM), indeks"' in answer.text
    assert f'data-step="isi" data-task="{task.pk}" data-state="open"' in answer.text


def test_the_form_saves_without_script_and_shows_what_was_saved(office, people, client_for):
    client = client_for(people.a)

    answer = client.post(f"/isian/{people.sheet.pk}/", _cells(people.sheet, "84,75", "1.234"), follow=True)

    assert "Tersimpan pukul" in answer.text
    assert 'value="84,75"' in answer.text
    assert "105,94%" in answer.text
    assert "dibaca: seribu dua ratus tiga puluh empat" in answer.text
    assert Entry.objects.filter(event__startswith="sheet.").count() == 0


def test_a_text_in_a_number_cell_stays_with_the_sentence_beside_it(office, people, client_for):
    answer = client_for(people.a).post(f"/isian/{people.sheet.pk}/", _cells(people.sheet, "delapan puluh", "90"))

    assert answer.status_code == 422
    assert 'value="delapan puluh"' in answer.text
    assert "Isi dengan angka, misalnya 94,5." in answer.text
    assert people.sheet.lines.get(figure__no=2).amount == 90


def test_one_cell_saves_itself_and_gets_its_achievement_back(office, people, client_for):
    line = people.sheet.lines.get(figure__no=1)

    cell = {f"v-{line.pk}": "84,75", f"rev-{line.pk}": 0}
    answer = client_for(people.a).post(f"/isian/{people.sheet.pk}/", cell, headers={"accept": "application/json"})

    saved = answer.json()["lines"][str(line.pk)]
    assert saved["rev"] == 1
    assert "105,94%" in saved["capaian"]
    assert answer.json()["progress"] == "1 dari 2 terisi"


def test_checking_names_what_is_missing_before_handing_in(office, people, client_for):
    client = client_for(people.a)
    client.post(f"/isian/{people.sheet.pk}/", _cells(people.sheet, "84,75", ""))

    page = client.get(f"/isian/{people.sheet.pk}/periksa/").text
    answer = client.post(f"/isian/{people.sheet.pk}/periksa/", {"key": new_key(), "act": "complete"})

    assert "Berkas selesai tepat waktu: isi realisasi" in page
    assert "Lengkapi isian" in page and 'value="complete"' not in page
    assert "bukti dukung belum dilampirkan" in page
    assert answer.status_code == 422
    assert Value.objects.count() == 0


def test_handing_in_leads_to_a_confirmation_that_says_who_is_next(office, people, client_for):
    client, address = client_for(people.a), f"/isian/{people.sheet.pk}/"
    answer = client.post(address, _cells(people.sheet, "84,75", "90", act="check"))
    assert answer.url == f"{address}periksa/"

    answer = client.post(f"{address}periksa/", {"key": new_key(), "act": "complete"}, follow=True)

    assert answer.redirect_chain[-1][0] == f"{address}terkirim/"
    assert "Berikutnya giliran <b>Kepala Seksi Pemerintahan</b>" in answer.text
    people.sheet.refresh_from_db()
    assert people.sheet.state == SheetState.SUBMITTED


def test_a_form_that_was_handed_in_is_read_only(office, people, client_for):
    fill_in(office, people.run, people.a)

    page = client_for(people.a).get(f"/isian/{people.sheet.pk}/")
    answer = client_for(people.a).post(f"/isian/{people.sheet.pk}/", _cells(people.sheet, "1", "2"))

    assert 'name="v-' not in page.text
    assert "Formulir ini sudah diajukan." in page.text
    assert answer.status_code == 409


@pytest.mark.requirement("R-INSP-14")
def test_a_returned_line_shows_its_note_and_the_others_are_locked(office, people, client_for):
    fill_in(office, people.run, people.a)
    review(office, people.run, people.a, people.kasi, "return", {1: "Bukti menunjukkan 88."})
    first, second = people.sheet.lines.order_by("figure__no")

    page = client_for(people.a).get(f"/isian/{people.sheet.pk}/").text

    assert "Catatan pemeriksa: Bukti menunjukkan 88." in page
    assert f'name="v-{second.pk}"' in page
    assert f'name="v-{first.pk}"' not in page


def test_a_colleague_cannot_open_the_form_of_another(office, people, client_for):
    assert client_for(people.b).get(f"/isian/{people.sheet.pk}/").status_code == 404


def test_a_superior_reads_the_form_but_does_not_fill_it(office, people, client_for):
    fill_in(office, people.run, people.a)

    page = client_for(people.kasi).get(f"/isian/{people.sheet.pk}/").text

    assert 'name="v-' not in page


def test_a_line_has_a_page_of_its_own_with_its_derivation(office, people, client_for):
    line = people.sheet.lines.get(figure__no=1)
    client = client_for(people.a)
    address = f"/isian/{people.sheet.pk}/baris/{line.pk}/"

    following = people.sheet.lines.get(figure__no=2)
    answer = client.post(address, {**_cells(people.sheet, "84,75"), "act": "next", "next": following.pk})

    assert answer.url == f"/isian/{people.sheet.pk}/baris/{following.pk}/"
    told = "Realisasi 84,75 dibagi target 80,00, dikali 100 = 105,94%. Indikator positif: makin tinggi makin baik."
    assert told in client.get(address).text


def test_evidence_is_attached_handed_out_as_a_download_and_withdrawn(office, people, client_for, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    line = people.sheet.lines.get(figure__no=1)
    client = client_for(people.a)
    address = f"/isian/{people.sheet.pk}/baris/{line.pk}/"

    client.post(address, {"act": "evidence", "link": "", "file": SimpleUploadedFile("foto survei.png", PNG)})

    evidence = Evidence.objects.get()
    answer = client.get(f"/bukti/{evidence.pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="foto survei.png"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == PNG
    assert client_for(people.b).get(f"/bukti/{evidence.pk}/").status_code == 404
    client.post(f"/bukti/{evidence.pk}/tarik/")
    evidence.refresh_from_db()
    assert evidence.withdrawn_at is not None


def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field(office, people, client_for):
    line = people.sheet.lines.get(figure__no=1)

    answer = client_for(people.a).post(
        f"/isian/{people.sheet.pk}/baris/{line.pk}/",
        {"act": "evidence", "file": SimpleUploadedFile("foto.png", b"MZ bukan gambar")},
    )

    assert answer.status_code == 422
    assert "tidak cocok dengan akhiran namanya" in answer.text
    assert Evidence.objects.count() == 0


def test_opening_the_form_first_is_noted_as_received(office, people, client_for):
    client_for(people.kasi).get(f"/isian/{people.sheet.pk}/")
    before = people.sheet.delivery.opened_at
    client_for(people.a).get(f"/isian/{people.sheet.pk}/")

    people.sheet.delivery.refresh_from_db()
    assert before is None
    assert people.sheet.delivery.opened_at is not None


def test_a_sheet_of_many_lines_takes_as_many_queries_as_one_of_few(office, frozen_time, client_for):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.collection import builders

    a, b = office.asn_of(office.kasi[0])[:2]
    builders.give_indicators(office, people=[a], how_many=1)
    for no in range(1, 21):
        builders.indicator(office, no, f"Indikator {no}", pegawai=b)
    run = builders.start(office)
    builders.prepare(office, run, [a, b])
    builders.distribute(office, run)
    counts = []
    for pegawai in (a, b):
        client = client_for(pegawai)
        address = f"/isian/{sheet_of(run, pegawai).pk}/"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_form_whose_number_was_corrected_elsewhere_says_which_number_holds(office, people, client_for):
    fill_in(office, people.run, people.a, "84,75", "90")
    figure = people.sheet.lines.get(figure__no=1).figure
    append_value(
        figure=figure, by=office.actor(office.camat), amount=Decimal("81.5"), cause="Salah baca.", reason="Cocok."
    )

    page = " ".join(client_for(people.a).get(f"/isian/{people.sheet.pk}/").text.split())

    assert "<del>84,75 </del> <ins>81,5 </ins>" in page
    assert f'href="{figure.get_absolute_url()}">dikoreksi</a>' in page
    assert page.count("dikoreksi</a>") == 1


def test_the_print_gives_every_achievement_with_the_same_decimals(office, people, client_for):
    client = client_for(people.a)
    client.post(f"/isian/{people.sheet.pk}/", _cells(people.sheet, "84,75", "96"))

    page = client.get(f"/isian/{people.sheet.pk}/cetak/").text

    cells = re.findall(r'<td class="n">([^<]*)</td>', page)
    assert [cell for cell in cells if cell.startswith("1") and "," in cell] == ["105,94", "120,00"]
    assert "84,75" in cells and "96" in cells


def test_the_print_of_what_was_handed_in_keeps_the_letterhead_of_that_day(office, people, frozen_time, client_for):
    def head(who):
        page = client_for(who).get(f"/isian/{sheet_of(people.run, who).pk}/cetak/").text
        return page.split('class="kop"')[1].split("</div>")[0]

    fill_in(office, people.run, people.a, "84,75", "96")
    before, new = head(people.a), {"name": "Kecamatan Baru", "address": "Jalan Baru 99"}
    frozen_time.shift(timedelta(days=1))

    update_office(office=office.office, changes=new, by=office.actor(office.admin))

    assert head(people.a) == before and "Kecamatan Baru" not in before
    assert "Kecamatan Baru" in head(people.b) and "Jalan Baru 99" in head(people.b)


def test_the_print_is_indonesian_and_the_page_around_it_is_the_readers(people, client_for):
    people.a.user.language = "en"
    people.a.user.save(update_fields=["language"])

    page = client_for(people.a).get(f"/isian/{people.sheet.pk}/cetak/").text
    around, paper = page.split('<article lang="id"')

    assert '<html lang="en"' in around and "My Tasks" in around
    assert "<h1>Data kinerja Triwulan I 2026</h1>" in paper.split("</article>")[0]


def test_a_cell_is_named_in_the_word_of_the_office(office, people, client_for):
    office.office.terms = {"triwulan": "Tribulan"}
    office.office.save()

    page = client_for(people.a).get(f"/isian/{people.sheet.pk}/").text

    assert 'aria-label="Realisasi Tribulan I, Nilai kepuasan masyarakat (IKM), indeks"' in page
    assert "Realisasi T" not in page.replace("Realisasi Tribulan I,", "")


def test_before_handing_in_every_line_stands_with_its_unit_and_note(office, people, client_for):
    client = client_for(people.a)
    line = people.sheet.lines.get(figure__no=1)
    client.post(f"/isian/{people.sheet.pk}/", {**_cells(people.sheet, "84,75", ""), f"n-{line.pk}": "Survei Juni."})

    page = client.get(f"/isian/{people.sheet.pk}/periksa/").text

    assert '<th scope="col">Satuan</th>' in page and page.count('<td data-label="Satuan">indeks</td>') == 2
    assert '<th scope="col">Keterangan</th>' in page and "<p>Survei Juni.</p>" in page


def test_nil_is_offered_for_what_is_empty_only(office, people, client_for):
    client, address = client_for(people.a), f"/isian/{people.sheet.pk}/"
    empty = client.get(address).text
    client.post(address, _cells(people.sheet, "84,75", ""))
    half = [client.get(path).text for path in (address, f"{address}periksa/")]
    client.post(address, _cells(people.sheet, "84,75", "90"))
    full = [client.get(path).text for path in (address, f"{address}periksa/")]

    assert "Tidak ada kejadian pada periode ini? Laporkan nihil" in empty
    assert all("Laporkan nihil untuk 1 baris yang masih kosong" in page for page in half)
    assert not any("Tidak ada kejadian" in page for page in half)
    assert not any("Laporkan nihil" in page for page in full)


def test_a_form_that_is_done_says_when_and_not_what_was_asked_of_it_then(office, people, client_for):
    fill_in(office, people.run, people.a)
    review(office, people.run, people.a, people.kasi, "return", {0: "Bukti menunjukkan 88."})
    client, address = client_for(people.a), f"/isian/{people.sheet.pk}/"
    task = open_task(people.run, "isi", people.sheet.member)
    Task.objects.filter(pk=task.pk).update(due_at=timezone.now() - timedelta(hours=3))
    at_work = client.get(address).text

    submit(office, people.run, people.a, late_reason="Menunggu rekap.")
    done = client.get(address).text

    assert "Dikembalikan untuk diperbaiki" in at_work and "work-late" in at_work and "Batas waktu" in at_work
    assert "Dikembalikan untuk diperbaiki" not in done and "work-late" not in done and "Batas waktu" not in done
    assert "<dt>Selesai</dt>" in done and "sesudah batas waktu" in done


@pytest.mark.parametrize("part", ["nihil", "impor", "cetak"])
def test_the_pages_of_a_form_name_its_step(people, client_for, part):
    task = open_task(people.run, "isi", key_of(people.a))

    page = client_for(people.a).get(f"/isian/{people.sheet.pk}/{part}/").text

    place = f'data-sop="inspektorat" data-run="{people.run.pk}" data-step="isi" data-task="{task.pk}" data-state="open"'
    assert f'<div class="flow" {place}>' in page.replace("\n", "")
