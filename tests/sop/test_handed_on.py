"""What one step leaves for the next, what an officer is told after an act, and how buttons and pages are called."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runut.lib.acts import new_key
from runut.sop.models import TaskFile
from runut.sop.queries import inbox, task_for_page, work_page
from runut.sop.rules.kinds import return_words, verb_of
from tests.harness.scenes import scene
from tests.sop.procedures import LANES, fan_out, open_task, put_in_force, start, step, straight

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


@scene
def run(office, frozen_time):
    return start(office)


def _do(client, task, **more):
    data = {"key": new_key(), "act": "complete", "note": "Sudah dicocokkan dengan rekap.", **more}
    return client.post(f"/tugas/{task.pk}/kerjakan/", data, follow=True).content.decode()


def test_the_next_person_reads_note_and_paper_of_the_step_before(office, run, client_for, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    first = open_task(run, "langkah1")
    _do(client_for(office.staf), first, file=SimpleUploadedFile("foto.png", PNG))
    task = open_task(run, "langkah2")

    page = client_for(office.sekretaris).get(f"/tugas/{task.pk}/koordinasi/").text

    assert "Dari langkah sebelumnya" in page and "Sudah dicocokkan dengan rekap." in page
    assert f'href="/tugas/{first.pk}/berkas/{TaskFile.objects.get().pk}/"' in page
    assert f"{office.staf.full_name}, Pengelola Data" in page


def test_the_first_step_has_nothing_before_it(office, run, client_for):
    page = client_for(office.staf).get(f"/tugas/{open_task(run, 'langkah1').pk}/kerjakan/").text

    assert "Dari langkah sebelumnya" not in page


def test_words_about_a_persons_part_are_read_by_who_handles_the_whole(office, frozen_time, client_for):
    run = start(office, fan_out(), members=office.asn[:2])
    _do(client_for(office.staf), open_task(run, "bagi1"))
    for person in office.asn[:2]:
        _do(client_for(person), open_task(run, "isi2", f"p{person.pk}"), note=f"RAHASIA {person.full_name}")
    task = open_task(run, "tutup3")

    head, colleague = (client_for(one).get(f"/tugas/{task.pk}/", follow=True) for one in (office.camat, office.kasi[1]))

    assert head.content.decode().count("RAHASIA") == 2
    assert "RAHASIA" not in colleague.content.decode()


def test_what_was_handed_on_costs_the_same_however_many_left_something(office, frozen_time, client_for):
    counts = []
    for many in (2, 8):
        run = start(office, fan_out(), members=office.asn[:many])
        _do(client_for(office.staf), open_task(run, "bagi1"))
        for person in office.asn[:many]:
            _do(client_for(person), open_task(run, "isi2", f"p{person.pk}"))
        page = work_page(
            task_for_page(open_task(run, "tutup3").pk, office.actor(office.camat)), office.actor(office.camat)
        )
        with CaptureQueriesContext(connection) as queried:
            assert len(page.handed_on) == many
        counts.append(len(queried))

    assert counts == [2, 2]


def test_after_one_of_many_the_others_are_counted_and_the_last_opens_the_next(office, frozen_time, client_for):
    run = start(office, fan_out(), members=office.asn[:2])
    _do(client_for(office.staf), open_task(run, "bagi1"))

    first, second = (_do(client_for(one), open_task(run, "isi2", f"p{one.pk}")) for one in office.asn[:2])

    assert "Tercatat: Mengerjakan isi2. Menunggu 1 orang lagi." in first
    assert f"Berikutnya giliran Camat ({office.camat.full_name}): Mengerjakan tutup3." in second


def test_after_one_of_several_seats_the_officer_reads_who_is_left(office, frozen_time, client_for):
    definition = straight()
    both = replace(step("langkah1", "staf", "langkah2"), lanes=("staf", "sekretaris"), joint="all")
    put_in_force(office, replace(definition, steps=(both, *definition.steps[1:]), lanes=LANES[:3]))
    run = start(office)

    page = _do(client_for(office.staf), run.tasks.get(step="langkah1", jabatan=office.jabatan["staf"]))

    assert f"1 dari 2 sudah; menunggu Sekretaris Kecamatan ({office.sekretaris.full_name})." in page


def test_the_last_step_says_that_it_is_over(office, run, client_for):
    _do(client_for(office.staf), open_task(run, "langkah1"))
    data = {
        "key": new_key(),
        "act": "complete",
        "way": "langsung",
        "note": "Mohon.",
        "to": [office.camat.pk],
        "answer": "Ya.",
    }
    client_for(office.sekretaris).post(f"/tugas/{open_task(run, 'langkah2').pk}/koordinasi/", data)

    page = _do(client_for(office.camat), open_task(run, "langkah3"))

    assert "Tercatat: Mengerjakan langkah3. SOP ini selesai." in page


def test_a_return_says_to_whom_it_went_back(office, run, client_for):
    _do(client_for(office.staf), open_task(run, "langkah1"))
    data = {"key": new_key(), "act": "return", "way": "langsung", "reason": "Belum ada tanggalnya."}

    page = (
        client_for(office.sekretaris)
        .post(f"/tugas/{open_task(run, 'langkah2').pk}/koordinasi/", data, follow=True)
        .content.decode()
    )

    back = f"Dikembalikan dari langkah “Mengerjakan langkah2” ke Pengelola Data ({office.staf.full_name})"
    assert f"{back}: Mengerjakan langkah1." in page


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Kembalikan", "Kembalikan"),
        ("Kembalikan rekap", "Kembalikan rekap"),
        ("Tolak menandatangani", "Tolak menandatangani"),
        ("Data belum memadai", "Kembalikan: data belum memadai"),
    ],
)
def test_a_return_is_named_by_an_act(label, shown):
    assert return_words(label) == shown


@pytest.mark.parametrize(
    ("work", "text", "verb"),
    [
        ("approve", "Mereviu laporan hasil perbaikan", "Reviu"),
        ("approve", "Memverifikasi laporan", "Verifikasi"),
        ("approve", "Menyetujui konsep", "Periksa"),
        ("do", "Mereviu arsip", "Kerjakan"),
    ],
)
def test_the_button_to_a_step_that_judges_says_what_the_step_says(work, text, verb):
    assert verb_of(work, text) == verb


def test_the_page_of_a_step_is_called_as_the_step(office, run, client_for):
    [row] = inbox.inbox(office.actor(office.staf)).later + inbox.inbox(office.actor(office.staf)).soon

    page = client_for(office.staf).get(row.url, follow=True).content.decode()

    assert "<h1>Mengerjakan langkah1</h1>" in page
