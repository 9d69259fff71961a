"""A task's pages: the way there, doing it, and what the wrong person or a stale page gets."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from runut.audit.models import Entry
from runut.lib.acts import ActInput, new_key
from runut.lib.errors import Refused
from runut.organisation.models import Assignment
from runut.sop.actions import hand_over
from runut.sop.actions.particulars import coordinate
from runut.sop.models import Task, TaskFile, TaskState
from tests.cast import build_office
from tests.harness.scenes import scene
from tests.sop.play import do
from tests.sop.procedures import LANES, open_task, put_in_force, start, step, straight

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


@scene
def run(office, frozen_time):
    return start(office)


def _do(client, task, key=None, **more):
    data = {"key": key or new_key(), "act": "complete", "note": "Sudah dicocokkan.", **more}
    return client.post(f"/tugas/{task.pk}/kerjakan/", data)


def test_a_task_leads_its_doer_to_the_page_of_its_kind(office, run, client_for):
    task = open_task(run, "langkah1")

    answer = client_for(office.staf).get(f"/tugas/{task.pk}/")

    assert (answer.status_code, answer.url) == (302, f"/tugas/{task.pk}/kerjakan/")


def test_a_colleague_reads_whose_task_it_is(office, run, client_for):
    task = open_task(run, "langkah1")

    answer = client_for(office.kasubag).get(f"/tugas/{task.pk}/")

    assert answer.status_code == 200
    assert "Pengelola Data" in answer.text
    assert 'name="act"' not in answer.text


def test_a_task_of_another_office_is_not_found(office, run, client_for):
    stranger = build_office(instansi=office.instansi).staf
    task = open_task(run, "langkah1")

    for address in ("", "kerjakan/", "ingatkan/", "alihkan/"):
        assert client_for(stranger).get(f"/tugas/{task.pk}/{address}").status_code == 404


def test_the_page_says_which_run_step_and_task_it_is_about(office, run, client_for):
    task = open_task(run, "langkah1")

    page = client_for(office.staf).get(f"/tugas/{task.pk}/kerjakan/").text

    assert f'data-sop="lurus" data-run="{run.pk}" data-step="langkah1" data-task="{task.pk}" data-state="open"' in page


def test_doing_a_step_keeps_note_and_file_and_opens_the_next(office, run, client_for, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    task = open_task(run, "langkah1")

    answer = _do(client_for(office.staf), task, file=SimpleUploadedFile("foto.png", PNG))

    task.refresh_from_db()
    file = TaskFile.objects.get()
    assert (answer.status_code, answer.url) == (302, "/tugas/")
    assert (task.state, task.form["note"], file.name) == (TaskState.DONE, "Sudah dicocokkan.", "foto.png")
    assert open_task(run, "langkah2").work == "coordinate"
    assert Entry.objects.filter(event="task.completed", subject_id=task.pk).count() == 1


def test_an_attached_file_is_handed_out_to_colleagues_as_a_download(office, run, client_for, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    task = open_task(run, "langkah1")
    _do(client_for(office.staf), task, file=SimpleUploadedFile("foto.png", PNG))
    address = f"/tugas/{task.pk}/berkas/{TaskFile.objects.get().pk}/"

    answer = client_for(office.kasubag).get(address)

    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PNG
    assert client_for(build_office(instansi=office.instansi).staf).get(address).status_code == 404


def test_a_file_that_is_not_what_it_says_comes_back_with_the_note_kept(office, run, client_for):
    task = open_task(run, "langkah1")

    answer = _do(client_for(office.staf), task, file=SimpleUploadedFile("foto.png", b"MZ\x90 bukan gambar"))

    assert answer.status_code == 422
    assert "Sudah dicocokkan." in answer.text and "foto.png" in answer.text
    assert open_task(run, "langkah1") == task


def test_the_officer_is_told_when_nobody_holds_the_next_position(office, run, client_for):
    client, task = client_for(office.staf), open_task(run, "langkah1")
    Assignment.objects.filter(pegawai=office.sekretaris).update(end=date(2026, 1, 30))

    client.post(f"/tugas/{task.pk}/kerjakan/", {"key": new_key(), "act": "complete", "note": "Sudah dicocokkan."})

    assert "sedang tidak dipegang siapa pun" in client.get("/tugas/").text


def test_a_step_without_a_note_is_not_done(office, run, client_for):
    answer = _do(client_for(office.staf), open_task(run, "langkah1"), note="  ")

    assert answer.status_code == 422
    assert "Tulis apa yang sudah dikerjakan" in answer.text


@pytest.mark.requirement("R-ALL-9")
def test_somebody_else_may_not_do_it_and_the_attempt_is_logged(office, run, client_for):
    answer = _do(client_for(office.kasubag), open_task(run, "langkah1"))

    assert answer.status_code == 403
    assert "Tugas ini milik Pengelola Data" in answer.text
    assert Entry.objects.filter(refused=True, actor_id=office.kasubag.pk).count() == 1


def test_a_double_click_does_it_once(office, run, client_for):
    task, client, key = open_task(run, "langkah1"), client_for(office.staf), new_key()

    answers = [_do(client, task, key).status_code for _click in range(2)]

    assert answers == [302, 302]
    assert Task.objects.filter(run=run, step="langkah2").count() == 1


def test_a_page_that_was_open_too_long_gets_409(office, run, client_for):
    task, client = open_task(run, "langkah1"), client_for(office.staf)
    _do(client, task)

    answer = _do(client, task)

    assert answer.status_code == 409
    assert "sudah dikerjakan" in answer.text


def test_a_late_step_asks_why_and_then_goes_on(office, run, client_for, frozen_time):
    task = open_task(run, "langkah1")
    frozen_time.shift(timedelta(days=1))
    client = client_for(office.staf)

    first = _do(client, task)
    second = _do(client, task, late_reason="Listrik padam.")

    task.refresh_from_db()
    assert (first.status_code, second.status_code) == (422, 302)
    assert "Sudah dicocokkan." in first.text and "late_reason_error" in first.text
    assert task.late_reason == "Listrik padam."


def test_passing_on_records_to_whom_and_that_it_arrived(office, run, client_for):
    _do(client_for(office.staf), open_task(run, "langkah1"))
    task, client = open_task(run, "langkah2"), client_for(office.sekretaris)
    data = {"key": new_key(), "act": "complete", "way": "langsung", "note": "Mohon diperiksa."}

    incomplete = client.post(f"/tugas/{task.pk}/koordinasi/", data)
    done = client.post(
        f"/tugas/{task.pk}/koordinasi/", {**data, "to": [office.kasi[0].pk], "answer": "Sudah diterima."}
    )

    task.refresh_from_db()
    assert (incomplete.status_code, done.status_code) == (422, 302)
    assert "Pilih sedikitnya satu orang" in incomplete.text
    assert task.form["to"] == [{"id": office.kasi[0].pk, "name": office.kasi[0].full_name}]
    assert "Sudah diterima." in client.get(f"/tugas/{task.pk}/").text


def test_what_goes_only_to_who_is_next_is_passed_on_without_an_answer(office, run, client_for):
    _do(client_for(office.staf), open_task(run, "langkah1"))
    task, client = open_task(run, "langkah2"), client_for(office.sekretaris)
    url = f"/tugas/{task.pk}/koordinasi/"
    named = client.get(url).context["form"].fields["to"].initial
    data = {"key": new_key(), "act": "complete", "way": "langsung", "note": "Mohon diperiksa."}

    other = client.post(url, {**data, "to": [*named, office.kasi[0].pk]})
    done = client.post(url, {**data, "to": named})

    assert (other.status_code, done.status_code) == (422, 302)
    assert "Tulis tanggapan atau tanda terima" in other.text and "Mohon diperiksa." in other.text
    task.refresh_from_db()
    assert (task.state, task.form["answer"]) == ("done", "")


def test_a_return_needs_a_reason_and_shows_it_to_whom_it_goes(office, run, client_for):
    _do(client_for(office.staf), open_task(run, "langkah1"))
    task, client = open_task(run, "langkah2"), client_for(office.sekretaris)
    data = {"key": new_key(), "act": "return", "way": "langsung"}

    without = client.post(f"/tugas/{task.pk}/koordinasi/", data)
    client.post(f"/tugas/{task.pk}/koordinasi/", {**data, "reason": "Belum ada tanggalnya."})

    again = open_task(run, "langkah1")
    page = client_for(office.staf).get(f"/tugas/{again.pk}/kerjakan/").text
    assert without.status_code == 422
    assert "Tulis alasan pengembalian" in without.text
    assert "Belum ada tanggalnya." in page


def test_a_step_of_another_kind_cannot_be_done_by_saying_so(office, run, client_for):
    _do(client_for(office.staf), open_task(run, "langkah1"))
    task = open_task(run, "langkah2")

    assert _do(client_for(office.sekretaris), task).status_code == 404


def test_a_reminder_has_the_task_the_deadline_and_a_link_for_a_known_number(office, run, client_for):
    office.staf.whatsapp = "0812-000-111"
    office.staf.save()
    task = open_task(run, "langkah1")

    page = client_for(office.camat).get(f"/tugas/{task.pk}/ingatkan/").text

    assert "Mengerjakan langkah1" in page and "pukul 10.00 WIB" in page
    assert "https://wa.me/62812000111?text=" in page


def test_without_a_number_the_text_opens_in_whatsapp_and_the_sender_chooses_the_chat(office, run, client_for):
    page = client_for(office.camat).get(f"/tugas/{open_task(run, 'langkah1').pk}/ingatkan/").text

    assert 'href="https://wa.me/?text=Yth.%20' in page
    assert f"Buka WhatsApp, lalu pilih {office.staf.full_name}" in page
    assert f"Nomor WhatsApp {office.staf.full_name} belum tercatat" in page


def test_the_head_hands_a_task_over_and_the_log_keeps_both(office, run, client_for):
    task, client = open_task(run, "langkah1"), client_for(office.camat)
    kasubag = office.jabatan["kasubag"]

    without = client.post(f"/tugas/{task.pk}/alihkan/", {"to": f"j{kasubag.pk}", "reason": ""})
    client.post(f"/tugas/{task.pk}/alihkan/", {"to": f"j{kasubag.pk}", "reason": "Staf cuti."})

    task.refresh_from_db()
    assert without.status_code == 422
    assert task.jabatan == kasubag
    assert Entry.objects.get(event="task.handed_over").payload["before"]["jabatan"] == office.jabatan["staf"].pk


def test_who_has_a_task_already_is_neither_offered_nor_taken(office, run, client_for):
    task, client = open_task(run, "langkah1"), client_for(office.camat)
    address, post = f"/tugas/{task.pk}/alihkan/", f"j{office.jabatan['staf'].pk}"

    first = client.get(address).text
    same = [client.post(address, {"to": to, "reason": "Cuti."}) for to in (post, f"p{office.staf.pk}")]
    client.post(address, {"to": f"p{office.kasubag.pk}", "reason": "Cuti."})
    then = client.get(address).text
    again = client.post(address, {"to": f"p{office.kasubag.pk}", "reason": "Cuti."})

    assert f'value="{post}"' not in first and f'value="p{office.staf.pk}"' not in first
    assert f'value="p{office.kasubag.pk}"' in first and f'value="p{office.kasubag.pk}"' not in then
    assert f'value="{post}"' in then and f'value="p{office.staf.pk}"' in then
    assert [answer.status_code for answer in (*same, again)] == [422, 422, 422]
    assert "Yang sudah memegang tugas ini tidak ada di daftar." in again.text
    assert Entry.objects.filter(event="task.handed_over").count() == 1


def test_a_task_handed_over_meanwhile_is_not_handed_to_the_same_person_again(office, run):
    task, by = open_task(run, "langkah1"), office.actor(office.camat)
    hand_over(task=task, by=by, to=office.kasubag, reason="Staf cuti.")

    with pytest.raises(Refused, match="sudah ada pada"):
        hand_over(task=task, by=by, to=office.kasubag, reason="Staf cuti.")


@pytest.mark.parametrize("joint", ["any", "all"])
def test_who_has_the_same_step_already_gets_it_no_second_time(office, frozen_time, client_for, joint):
    definition = straight()
    both = replace(step("langkah1", "staf", "langkah2"), lanes=("staf", "sekretaris"), joint=joint)
    put_in_force(office, replace(definition, steps=(both, *definition.steps[1:]), lanes=LANES[:3]))
    run = start(office)
    task = Task.objects.get(run=run, step="langkah1", state=TaskState.OPEN, jabatan=office.jabatan["staf"])
    client, to = client_for(office.camat), f"p{office.sekretaris.pk}"

    page = client.get(f"/tugas/{task.pk}/alihkan/").text
    answer = client.post(f"/tugas/{task.pk}/alihkan/", {"to": to, "reason": "Cuti."})

    assert f'value="{to}"' not in page and f'value="p{office.kasubag.pk}"' in page
    assert answer.status_code == 422 and "Yang sudah memegang tugas ini tidak ada di daftar." in answer.text


def test_one_of_several_who_hold_a_position_can_be_named(office, run, client_for):
    task = open_task(run, "langkah1")
    Assignment.objects.create(
        instansi=office.instansi, pegawai=office.kasubag, jabatan=office.jabatan["staf"], kind="plt",
        exclusive=False, start=date(2026, 1, 1), decree_number="-",
    )  # fmt: skip

    page = client_for(office.camat).get(f"/tugas/{task.pk}/alihkan/").text

    assert f'value="p{office.staf.pk}"' in page and f'value="p{office.kasubag.pk}"' in page


def test_staff_cannot_hand_a_task_over(office, run, client_for):
    task = open_task(run, "langkah1")
    data = {"to": f"j{office.jabatan['kasubag'].pk}", "reason": "Malas."}

    assert client_for(office.staf).get(f"/tugas/{task.pk}/alihkan/").status_code == 403
    assert client_for(office.staf).post(f"/tugas/{task.pk}/alihkan/", data).status_code == 403


def _ticked(page):
    return {int(pk) for pk in re.findall(r'name="to" value="(\d+)"[^>]*checked', page)}


def _offered(page):
    return {int(pk) for pk in re.findall(r'name="to" value="(\d+)"', page)}


def test_who_has_the_next_step_is_ticked_to_be_told(office, run, client_for):
    _do(client_for(office.staf), open_task(run, "langkah1"))
    task = open_task(run, "langkah2")

    page = client_for(office.sekretaris).get(f"/tugas/{task.pk}/koordinasi/").text

    assert _ticked(page) == {office.camat.pk}
    assert f"{office.camat.full_name}, Camat" in page


def test_only_people_with_a_position_today_can_be_told(office, run, client_for):
    gone, admin = office.asn[0], office.admin
    Assignment.objects.filter(pegawai=gone).update(end=date(2026, 1, 2))
    _do(client_for(office.staf), open_task(run, "langkah1"))
    task = open_task(run, "langkah2")

    page = client_for(office.sekretaris).get(f"/tugas/{task.pk}/koordinasi/").text

    assert _offered(page) == {p.pk for p in office.everybody} - {gone.pk, admin.pk, office.sekretaris.pk}


def test_nobody_is_recorded_as_having_told_himself(office, run):
    do(office, run, "langkah1", office.staf)
    task, by = open_task(run, "langkah2"), office.actor(office.sekretaris)

    with pytest.raises(Refused, match="Anda sendiri"):
        coordinate(
            task_id=task.pk, by=by, act=ActInput(new_key(), "complete", "", "", ()), to=[office.sekretaris],
            way="langsung", note="Mohon diperiksa.", answer="Ya.",
        )  # fmt: skip


def test_a_step_that_nobody_did_names_nobody_as_who_did_it(office, run, client_for):
    task = open_task(run, "langkah1")
    Task.objects.filter(pk=task.pk).update(state="superseded", done_at=timezone.now())

    page = " ".join(client_for(office.staf).get(f"/tugas/{task.pk}/").text.split())

    assert "<dt>Keadaan</dt><dd>Digantikan</dd>" in page
    assert "Dikerjakan oleh" not in page
