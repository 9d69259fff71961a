"""Kemlagi: what was noted on the report reaches whoever has it next, and stays to be read."""

from datetime import timedelta

import pytest

from runut.audit.models import Entry
from runut.documents.models import Document
from runut.documents.rules.report import CHAPTERS
from runut.sop.models import Task
from runut.web.demo.offices import KEMLAGI
from tests.harness.scenes import scene
from tests.scenarios.stage import MORNING, Play

SAME = "Konsep ini sama dengan yang dikembalikan Sekretaris Kecamatan pada"
CLOSING = "BAB IV PENUTUP"


@scene
def play(frozen_time):
    frozen_time.move_to(MORNING)
    play = Play(KEMLAGI)
    play.start("kemlagi", "camat")
    play.until("koreksi")
    return play


@pytest.fixture
def officer(play, client_for, frozen_time):
    """Opens the page of a step for somebody, and sends it with what its form needs."""

    class Officer:
        def address(self, step):
            page = {"koreksi": "nilai", "setujui": "nilai", "draf": "konsep"}[step]
            return f"/tugas/{play.task(step).pk}/{page}/"

        def opens(self, job, step):
            return client_for(play.person(job)).get(self.address(step))

        def sends(self, job, step, act, **typed):
            frozen_time.shift(timedelta(minutes=5))
            page = self.opens(job, step)
            sent = {"key": page.context["page"].key, "act": act, "data_hash": page.context["paper"].data_hash}
            return client_for(play.person(job)).post(self.address(step), sent | typed, follow=True)

    return Officer()


def chapters(play):
    report = Document.objects.filter(run=play.run, kind="report").latest("no")
    return {f"chapter_{chapter.code}": report.content["chapters"][chapter.code] for chapter in CHAPTERS}


def test_who_drafts_and_who_judges_again_read_the_notes_of_before(play, officer):
    officer.sends("sekcam", "koreksi", "return", reason="Belum lengkap.", chapter_4="Tambah langkah perbaikan.")

    drafting = officer.opens("sungram", "draf").text
    officer.sends("sungram", "draf", "complete", **chapters(play) | {"chapter_4": "Langkah perbaikannya tiga."})
    judging = officer.opens("sekcam", "koreksi").text

    assert "Catatan Sekretaris Kecamatan" in drafting and "Tambah langkah perbaikan." in drafting
    before = judging[judging.index("Catatan sebelumnya") :]
    assert all(words in before for words in ("Belum lengkap.", CLOSING, "Tambah langkah perbaikan."))
    assert play.person("sekcam").full_name in before
    assert SAME not in judging


def test_a_report_that_comes_back_as_it_was_is_told_to_both(play, officer):
    officer.sends("sekcam", "koreksi", "return", reason="Belum lengkap.", chapter_4="Tambah langkah perbaikan.")

    asked = officer.sends("sungram", "draf", "complete", **chapters(play))
    assert asked.status_code == 422 and "Konsep ini sama dengan versi 1 yang dikembalikan." in asked.text
    assert 'name="unchanged"' in asked.text and play.open_steps() == ["draf"]
    assert 'name="unchanged"' not in officer.opens("sungram", "draf").text

    officer.sends("sungram", "draf", "complete", **chapters(play), unchanged="on")
    assert SAME in officer.opens("sekcam", "koreksi").text


def test_a_note_of_a_later_approver_reaches_the_one_it_goes_back_to(play, officer):
    play.until("setujui")
    officer.sends("camat", "setujui", "return", reason="Belum disetujui.", chapter_2="Sebut sasaran strategisnya.")

    page = officer.opens("sekcam", "koreksi").text

    assert "Catatan Camat" in page and "Sebut sasaran strategisnya." in page
    assert "Konsep ini sama dengan yang dikembalikan Camat" in page


def test_the_notes_stay_to_be_read_on_the_task_and_in_the_history(play, officer, client_for):
    returned = play.task("koreksi")
    officer.sends("sekcam", "koreksi", "return", reason="Belum lengkap.", chapter_4="Tambah langkah perbaikan.")
    browser = client_for(play.person("camat"))

    task = browser.get(f"/tugas/{returned.pk}/").text
    history = browser.get(f"/sop/jalan/{play.run.pk}/riwayat/").text

    for page in (task, history):
        assert f"<dt>Catatan untuk {CLOSING}</dt><dd>Tambah langkah perbaikan.</dd>" in page


JSON = {"accept": "application/json"}


def test_what_is_noted_while_judging_is_kept_for_that_person_alone(play, officer, client_for):
    task, entries = play.task("koreksi"), Entry.objects.count()
    browser, address = client_for(play.person("sekcam")), officer.address("koreksi")
    typed = {"chapter_4": "Tambah langkah perbaikan.", "remark": "Rapi.", "reason": "Bab IV terlalu singkat."}

    page = browser.get(address).text
    kept = browser.post(address, {"act": "save", **typed}, headers=JSON)
    denied = client_for(play.person("sungram")).post(address, {"act": "save", **typed}, headers=JSON)

    assert "data-keep" in page and "js/keep" in page and "data-kept" in page
    assert kept.json()["words"].startswith("Catatan tersimpan pukul") and denied.status_code == 403
    again = browser.get(address).text
    assert all(words in again for words in typed.values())
    assert Entry.objects.count() == entries + 1  # the refusal

    Task.objects.filter(pk=task.pk).update(pegawai=play.person("camat"), jabatan=None)
    other = client_for(play.person("camat")).get(address)
    assert other.status_code == 200 and not any(words in other.text for words in typed.values())


def test_what_was_noted_is_gone_once_the_document_is_judged(play, officer, client_for):
    task, address = play.task("koreksi"), officer.address("koreksi")
    browser = client_for(play.person("sekcam"))
    browser.post(address, {"act": "save", "chapter_4": "Belum jadi."}, headers=JSON)
    officer.sends("sekcam", "koreksi", "complete")

    late = browser.post(address, {"act": "save", "chapter_4": "Terlambat."}, headers=JSON)

    task.refresh_from_db()
    assert late.status_code == 409 and late.json()["sentence"]
    assert "Belum jadi." not in str(task.form) and "Terlambat." not in str(task.form)


def test_notes_on_chapters_are_reason_enough_to_send_it_back(play, officer):
    silent = officer.sends("sekcam", "koreksi", "return")
    officer.sends("sekcam", "koreksi", "return", chapter_1="Terlalu panjang.", chapter_4="Tambah langkah perbaikan.")

    assert silent.status_code == 422 and "Tulis alasan pengembalian" in silent.text
    drafting = officer.opens("sungram", "draf").text
    assert f"Lihat catatan pada BAB I PENDAHULUAN, {CLOSING}." in drafting
    assert drafting.index("Terlalu panjang.") < drafting.index("Tambah langkah perbaikan.")


def test_that_a_chapter_has_a_note_is_said_once(officer):
    refused = officer.sends("sekcam", "koreksi", "complete", chapter_4="Tambah langkah perbaikan.")

    said = "Kembalikan supaya diperbaiki, atau hapus dulu yang tertulis di sini."
    assert refused.status_code == 422 and f"Catatan untuk {CLOSING}: {said}" in refused.text
    assert "Ada catatan untuk" not in refused.text
