"""A person's page lists what waits for the person, for who may hand it over."""

import re

from django.utils import timezone

from runut.sop.actions import hand_over, hold
from tests.cast import build_office
from tests.sop.procedures import open_task, start


def _page(client_for, reader, person):
    return client_for(reader).get(f"/atur/pegawai/{person.pk}/").text


def test_head_and_admin_hand_on_from_a_persons_page(office, frozen_time, client_for):
    task = open_task(start(office), "langkah1")

    pages = [_page(client_for, reader, office.staf) for reader in (office.camat, office.admin)]

    for page in pages:
        assert "Tugas yang menunggu" in page and "1 tugas belum selesai" in page
        assert f'href="/tugas/{task.pk}/alihkan/"' in page


def test_what_is_with_the_person_by_name_stands_there_too(office, frozen_time, client_for):
    task = open_task(start(office), "langkah1")
    hand_over(task=task, by=office.actor(office.camat), to=office.kasubag, reason="Staf cuti.")

    assert f"/tugas/{task.pk}/alihkan/" in _page(client_for, office.camat, office.kasubag)
    assert "Tugas yang menunggu" not in _page(client_for, office.camat, office.staf)


def test_ten_are_shown_the_nearest_first_of_all_that_are_counted(office, frozen_time, client_for):
    runs = [start(office, title=f"SOP {number}") for number in range(12)]
    last = open_task(runs[11], "langkah1")
    last.due_at = timezone.now()
    last.save(update_fields=["due_at"])

    page = _page(client_for, office.camat, office.staf)

    shown = re.findall(r"/tugas/(\d+)/alihkan/", page)
    assert (len(shown), shown[0]) == (10, str(last.pk))
    assert "12 tugas belum selesai" in page and "Yang tampil 10 yang terdekat batasnya." in page


def test_paused_and_foreign_tasks_are_not_offered(office, frozen_time, client_for):
    run = start(office)
    other = build_office("dinas", instansi=office.instansi)
    hold(run=run, by=office.actor(office.camat), reason="Menunggu data pusat.")

    assert "Tugas yang menunggu" not in _page(client_for, office.camat, office.staf)
    assert client_for(other.camat).get(f"/atur/pegawai/{office.staf.pk}/").status_code in (403, 404)
