"""When data are repaired under a paraf: who is asked for it again, where, and what the signer sees meanwhile."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runut.collection.models import Sheet
from runut.correction.actions import withdraw_case
from runut.documents.actions import refresh_document, renew_parafs
from runut.documents.queries import main_document
from runut.lib.errors import Denied, Refused
from runut.organisation.queries import calendar_of
from runut.sop.actions import hold
from runut.sop.models import Paraf
from runut.sop.queries import definition_of
from runut.sop.queries.inbox import count_open, inbox
from tests.correction import builders as cases
from tests.documents import builders
from tests.harness.scenes import scene
from tests.sop.play import open_task


def asked(office, person):
    return inbox(office.actor(person)).again


def text(response):
    return response.content.decode()


def sign_page(office, run, client_for):
    task = open_task(run, "tandatangan")
    return client_for(office.camat).get(f"/tugas/{task.pk}/ttd/", follow=True)


@scene
def kintom_case(office, compiled):
    """A recap waiting for its signature while a case corrects one of its figures: the case, and the recap's run."""
    builders.initial(office, compiled.run)
    figure = cases.figures(compiled.run, compiled.a)[0]
    return cases.open_case(office, compiled.run, {figure: "salah bulan"}, code="kintom"), compiled.run


@pytest.mark.requirement("R-KINTOM-21")
def test_whoever_must_initial_again_sees_it_among_the_tasks(office, repaired, client_for):
    assert main_document(repaired.run).no == 2
    [row] = asked(office, office.sekretaris)
    assert (row.verb, row.sop_title, row.run_id) == ("Paraf ulang", repaired.run.title, repaired.run.pk)
    assert [row.verb for row in asked(office, repaired.kasi)] == ["Paraf ulang"]
    assert asked(office, office.camat) == asked(office, repaired.a) == []
    assert count_open(office.actor(office.sekretaris)) == 1

    client = client_for(office.sekretaris)
    listed = text(client.get("/tugas/"))
    assert row.url in listed and "Paraf tidak berlaku lagi" in listed
    page = client.get(row.url, follow=True)
    assert client.post(page.request["PATH_INFO"], {"data_hash": page.context["now_hash"]}).status_code == 302

    assert asked(office, office.sekretaris) == []
    assert len(asked(office, repaired.kasi)) == 1


def test_the_list_says_which_version_was_initialled_and_which_figure_is_another_now(office, repaired, client_for):
    value = cases.now_of(cases.figures(repaired.run, repaired.a)[0])
    new = str(value.amount.normalize()).replace(".", ",")

    listed = [text(client_for(who).get("/tugas/")) for who in (office.sekretaris, repaired.kasi)]

    for page in listed:
        assert "Anda memaraf versi 1; versi 2 berisi lain: " in page
        assert f", Realisasi 84,75 → {new}" in page


def test_after_the_parafs_the_document_is_signed_and_nothing_is_asked_any_more(office, repaired):
    document = main_document(repaired.run)
    for person in (repaired.kasi, office.sekretaris):
        renew_parafs(document=document, by=office.actor(person), data_hash=document.data_hash)
    builders.sign(office, repaired.run)

    assert main_document(repaired.run).state == "signed"
    assert not Paraf.objects.filter(asked_again=True).exists()


def test_what_goes_back_is_asked_for_in_its_own_step(office, repaired):
    builders.send_back(office, repaired.run, "tandatangan", office.camat, chosen=[repaired.b], reason="IKM keliru")

    assert asked(office, office.sekretaris) == asked(office, repaired.kasi) == []


def test_a_version_made_by_the_signer_asks_for_the_parafs_too(office, compiled):
    builders.initial(office, compiled.run)
    figure = cases.figures(compiled.run, compiled.a)[0]
    builders.hand_in_anew(office, figure)

    refresh_document(task_id=open_task(compiled.run, "tandatangan").pk, by=office.actor(office.camat))

    assert len(asked(office, office.sekretaris)) == len(asked(office, compiled.kasi)) == 1


def test_the_inbox_reads_them_with_no_further_query(office, repaired):
    actor = office.actor(office.sekretaris)
    inbox(actor)

    with CaptureQueriesContext(connection) as queried:
        assert len(inbox(actor).again) == 1

    assert len(queried) == 2  # of the three, the one about offices is for tasks with a limit


def test_a_held_procedure_waits_with_its_parafs(office, repaired):
    document = main_document(repaired.run)
    hold(run=repaired.run, by=office.actor(office.camat), reason="menunggu BPS")

    with pytest.raises(Refused, match="dijeda: menunggu BPS"):
        renew_parafs(document=document, by=office.actor(office.sekretaris), data_hash=document.data_hash)
    with pytest.raises(Refused, match="dijeda: menunggu BPS"):
        refresh_document(task_id=open_task(repaired.run, "tandatangan").pk, by=office.actor(office.camat))
    assert asked(office, office.sekretaris) == []


def test_nobody_initials_again_what_one_handed_in_oneself(office, repaired):
    document = main_document(repaired.run)
    Sheet.objects.filter(run=repaired.run, member=f"p{repaired.a.pk}").update(submitted_by=repaired.kasi)

    with pytest.raises(Denied, match=f"data {repaired.a.full_name} sendiri"):
        renew_parafs(document=document, by=office.actor(repaired.kasi), data_hash=document.data_hash)


def test_nor_what_one_repaired_oneself(office, repaired):
    document = main_document(repaired.run)
    Sheet.objects.exclude(run=repaired.run).update(submitted_by=repaired.kasi)

    with pytest.raises(Denied, match="Anda mengisi"):
        renew_parafs(document=document, by=office.actor(repaired.kasi), data_hash=document.data_hash)
    renew_parafs(document=document, by=office.actor(office.sekretaris), data_hash=document.data_hash)


def test_the_signer_sees_which_paraf_is_missing_and_whose_turn_it_is(office, repaired, client_for):
    page = text(sign_page(office, repaired.run, client_for))

    assert "Belum dapat ditandatangani" in page
    assert f"{office.sekretaris.full_name}, Sekretaris" in page
    assert repaired.kasi.full_name in page and repaired.a.full_name in page
    assert 'type="password"' not in page and 'value="complete"' not in page
    assert "Ada yang perlu diperbaiki?" in page
    assert '<div class="act-bar" hidden>' in page
    assert "0 dari 1 sudah" in page


def test_the_signer_of_changed_data_is_told_to_make_a_version_first(office, compiled, client_for):
    builders.initial(office, compiled.run)
    figure = cases.figures(compiled.run, compiled.a)[0]
    builders.hand_in_anew(office, figure)

    page = text(sign_page(office, compiled.run, client_for))

    assert "Buat versi baru" in page
    assert f"{office.sekretaris.full_name}, Sekretaris" in page
    assert 'type="password"' not in page and 'value="complete"' not in page
    assert "0 dari 0" not in page


def test_a_page_has_one_fold_for_a_return(office, compiled, client_for):
    builders.initial(office, compiled.run)

    page = text(sign_page(office, compiled.run, client_for))

    assert 'type="password"' in page
    assert page.count("Ada yang perlu diperbaiki?") == 1
    assert "Pilih yang dikembalikan" in page
    folds = page.split('<details class="panel"')[1:]  # within it the figures of each person are folded
    assert len([fold for fold in folds if 'name="reason"' in fold or 'name="chosen"' in fold]) == 1


def test_the_address_of_a_version_that_was_replaced_leads_to_the_present_one(office, repaired, client_for):
    document = main_document(repaired.run)
    task = open_task(repaired.run, "tandatangan")

    answer = client_for(office.camat).get(f"/ttd/{document.supersedes_id}/?task={task.pk}", follow=True)

    assert answer.redirect_chain[-1][0] == f"/ttd/{document.pk}/?task={task.pk}"


def test_a_return_from_signing_still_takes_the_ticked_ones(office, compiled, client_for):
    builders.initial(office, compiled.run)
    page = sign_page(office, compiled.run, client_for)
    task = open_task(compiled.run, "tandatangan")

    answer = client_for(office.camat).post(
        f"/ttd/{main_document(compiled.run).pk}/?task={task.pk}",
        {"key": page.context["page"].key, "act": "return", "chosen": [compiled.a.pk], "reason": "IKM keliru"},
    )

    assert answer.status_code == 302
    assert compiled.run.sheets.get(pegawai=compiled.a).state == "returned"


def test_who_may_not_see_the_task_finds_no_paraf_to_renew(office, repaired, client_for):
    url = asked(office, office.sekretaris)[0].url

    assert client_for(office.asn[-1]).get(url, follow=True).status_code == 404


def test_whoever_initials_again_reads_what_changed_since(office, repaired, client_for):
    document, value = main_document(repaired.run), cases.now_of(cases.figures(repaired.run, repaired.a)[0])
    new = str(value.amount.normalize()).replace(".", ",")
    pages = [client_for(who).get(f"/dokumen/{document.pk}/paraf-ulang/") for who in (office.sekretaris, repaired.kasi)]

    for page in pages:
        assert "Yang berubah sejak versi 1" in text(page)
        changed = {(change.what, change.before, change.after) for change in page.context["changes"]}
        assert ("Realisasi", "84,75", new) in changed
        assert "Sebelum" not in {what for what, _before, _after in changed}


def test_the_signers_time_begins_anew_with_the_last_paraf(office, repaired, frozen_time):
    document, task = main_document(repaired.run), open_task(repaired.run, "tandatangan")
    assert task.due_at is None

    renew_parafs(document=document, by=office.actor(office.sekretaris), data_hash=document.data_hash)
    frozen_time.shift(timedelta(days=1))
    renew_parafs(document=document, by=office.actor(repaired.kasi), data_hash=document.data_hash)

    task.refresh_from_db()
    norm = definition_of(repaired.run.version).step("tandatangan").norm
    assert task.due_at == calendar_of(office.office).due(timezone.now(), norm.amount, norm.unit)


def test_a_released_step_has_the_whole_of_its_time_again(office, kintom_case, frozen_time):
    case, run = kintom_case
    frozen_time.shift(timedelta(days=20))

    withdraw_case(case=case, by=office.actor(office.camat), reason="Ternyata benar")

    norm = definition_of(run.version).step("tandatangan").norm
    due = open_task(run, "tandatangan").due_at
    assert due == calendar_of(office.office).due(timezone.now(), norm.amount, norm.unit)


def test_the_signature_does_not_look_ready_while_parafs_are_missing(office, repaired, client_for):
    [row] = inbox(office.actor(office.camat)).later
    assert (row.state, row.state_label, row.verb) == ("waiting", "Menunggu paraf", "Lihat")
    assert "Kepala Seksi" in row.waiting_for and "Sekretaris" in row.waiting_for
    listed = text(client_for(office.camat).get("/tugas/"))
    assert f"menunggu {row.waiting_for}" in listed
    task = open_task(repaired.run, "tandatangan")
    seen = text(client_for(office.staf).get(f"/tugas/{task.pk}/"))
    assert "Menunggu paraf" in seen and "Perlu dikerjakan" not in seen

    document = main_document(repaired.run)
    for person in (repaired.kasi, office.sekretaris):
        renew_parafs(document=document, by=office.actor(person), data_hash=document.data_hash)

    [ready] = [row for rows in (inbox(office.actor(office.camat)),) for row in (*rows.late, *rows.soon, *rows.later)]
    assert (ready.state, ready.state_label) == ("open", "") and ready.verb != "Lihat"
