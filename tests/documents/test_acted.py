"""The page of a finished step names the version it was done on, and says when a signature or paraf counts no longer."""

import html
import re
from datetime import timedelta

import pytest

from runut.documents.queries import main_document
from tests.collection import builders as forms
from tests.correction import builders as cases
from tests.documents import builders
from tests.sop.play import open_task

WHY = "angka saya tidak dipakai"


@pytest.fixture
def refused(office, to_sign, frozen_time):
    """The first PPTK had signed version 2 when the second refused; the meeting decided otherwise, version 3 is made."""
    run, (first, second) = to_sign.run, to_sign.pptk
    frozen_time.shift(timedelta(minutes=1))
    builders.sign(office, run, first, member=first)
    builders.send_back(office, run, "tandatangan", second, member=second, reason=WHY)
    frozen_time.shift(timedelta(minutes=1))
    cases.meet(office, run, dict.fromkeys(to_sign.case.items.order_by("pk"), "old"))
    builders.initial(office, run, office.kasubag, step="paraf_kasubag")
    return to_sign


@pytest.fixture
def to_sign_again(office, refused):
    builders.initial(office, refused.run, office.sekretaris, step="paraf_sekretaris")
    builders.register(office, refused.run, of=builders.line(2))
    return refused


def finished(run, step, **more):
    return run.tasks.filter(step=step, **more).order_by("pk").first()


def text(page):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def seen(client, address):
    return text(client.get(address, follow=True).content.decode())


def test_a_finished_signature_names_the_version_that_was_signed_and_why_it_lapsed(office, refused, client_for):
    run, (first, second) = refused.run, refused.pptk
    task = finished(run, "tandatangan", done_by=first)
    [_first, old, new] = run.documents.order_by("no")

    page = client_for(first).get(task.get_absolute_url()).text

    said = text(page)
    assert f'href="{old.get_absolute_url()}"' in page and f"{old.title}, versi 2 · Digantikan" in said
    assert f'href="{new.get_absolute_url()}">Sekarang versi 3</a>' in page
    assert "Tanda tangan ini tidak berlaku lagi" in said
    assert second.full_name in said and WHY in said and "Dikembalikan oleh Kepala Seksi" in said


@pytest.mark.parametrize(
    ("step", "who", "no"),
    [("paraf_kasubag", "kasubag", 2), ("agenda", "staf", 2), ("lapor", "kasubag", 1), ("himpun", "kasubag", 1)],
)
def test_every_other_finished_step_names_the_version_it_was_done_on(office, refused, client_for, step, who, no):
    task = finished(refused.run, step, state="done")

    said = seen(client_for(getattr(office, who)), task.get_absolute_url())

    assert f"versi {no} · Digantikan" in said and "Sekarang versi 3" in said
    assert ("Paraf ini tidak berlaku lagi" in said) == (step == "paraf_kasubag")
    assert (WHY in said) == (step == "paraf_kasubag")


def test_a_step_that_was_sent_back_names_the_version_that_stood_then(refused, client_for):
    task = finished(refused.run, "tandatangan", state="returned")

    said = seen(client_for(refused.pptk[1]), task.get_absolute_url())

    assert "versi 2 · Digantikan" in said and "Sekarang versi 3" in said


def test_a_step_on_no_version_calls_the_document_the_present_one(office, refused, client_for):
    said = seen(client_for(office.kasubag), finished(refused.run, "rencana").get_absolute_url())

    assert "Dokumen sekarang" in said and "versi 3" in said


def test_a_paraf_that_was_put_again_counts_and_names_both_versions(office, repaired, client_for):
    run, document = repaired.run, main_document(repaired.run)
    task = finished(run, "paraf")
    client = client_for(office.sekretaris)
    before = seen(client, task.get_absolute_url())
    hidden = {"data_hash": client.get(f"/dokumen/{document.pk}/paraf-ulang/").context["now_hash"]}
    client.post(f"/dokumen/{document.pk}/paraf-ulang/", hidden)

    after, listed = seen(client, task.get_absolute_url()), client.get("/tugas/selesai/").text

    assert "Paraf ini tidak berlaku lagi" in before and "versi 1 · Digantikan" in before
    assert "Paraf ini tidak berlaku lagi" not in after and "Diparaf ulang pada versi 2" in after
    assert 'data-state="void"' not in listed


def test_why_a_paraf_lapsed_is_told_to_who_may_read_the_document(office, repaired, client_for):
    address = finished(repaired.run, "paraf").get_absolute_url()

    pages = [seen(client_for(who), address) for who in (office.sekretaris, repaired.b)]

    assert all("Paraf ini tidak berlaku lagi" in page for page in pages)
    assert [repaired.a.full_name in page for page in pages] == [True, False]


def test_the_list_of_what_is_done_marks_what_lapsed(office, refused, client_for):
    first, second = refused.pptk

    lists = [client_for(who).get("/tugas/selesai/").text for who in (first, office.kasubag, second, office.staf)]

    assert ["Tidak berlaku lagi" in page for page in lists] == [True, True, False, False]
    assert "sejak Selasa, 3 Februari 2026" in text(lists[0])


def test_the_list_of_what_is_done_takes_no_more_queries_for_more_that_lapsed(
    office, to_sign_again, client_for, django_assert_max_num_queries
):
    client = client_for(office.kasubag)
    client.get("/tugas/selesai/")

    with django_assert_max_num_queries(19):
        client.get("/tugas/selesai/")


def test_whoever_signs_again_is_told_the_round_and_why_the_first_signature_lapsed(office, to_sign_again, client_for):
    run, (first, second) = to_sign_again.run, to_sign_again.pptk
    tasks = [open_task(run, "tandatangan", forms.key_of(who)) for who in (first, second)]
    pages = [
        seen(client_for(who), task.get_absolute_url()) for who, task in zip(to_sign_again.pptk, tasks, strict=True)
    ]
    inboxes = [seen(client_for(who), "/tugas/") for who in (first, second)]

    assert f"Putaran 2: tanda tangan {first.full_name} pada versi 2 tidak berlaku lagi" in pages[0]
    assert WHY in pages[0] and second.full_name in pages[0] and "Lihat versi 2" in pages[0]
    assert "tidak berlaku lagi" not in pages[1]
    assert all("putaran 2" in page for page in inboxes)
    assert "putaran 2" in seen(client_for(office.camat), run.get_absolute_url()).split("Menandatangani")[1]
