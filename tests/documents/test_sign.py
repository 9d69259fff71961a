"""Paraf and signature: bound to a content, in order, by the right person."""

from datetime import timedelta
from threading import Thread
from types import SimpleNamespace

import pytest
from django.db import connections
from django.utils import timezone

from runut.audit.models import Entry
from runut.collection.models import Mark, Sheet
from runut.documents.actions import renew_parafs, sign_document
from runut.documents.models import Document, Signature
from runut.documents.queries import main_document, signers_of
from runut.lib.errors import Denied, Refused, Stale
from runut.organisation.actions import confirm_password, tries_left
from runut.sop.models import Paraf, Run, Task
from tests.cast import PASSWORD, build_office
from tests.correction import builders as cases
from tests.documents import builders
from tests.sop.play import do, open_task


@pytest.mark.requirement("R-KINTOM-18", "R-ALL-3")
def test_the_secretary_initials_and_the_head_signs(office, compiled):
    builders.initial(office, compiled.run)
    builders.sign(office, compiled.run)

    document = main_document(compiled.run)
    signature = Signature.objects.get(document=document)
    assert document.state == "signed"
    assert (signature.pegawai, signature.title, signature.data_hash) == (office.camat, "Camat", document.data_hash)
    assert Paraf.objects.get(task__step="paraf").data_hash == document.data_hash
    assert set(Sheet.objects.filter(run=compiled.run).values_list("state", flat=True)) == {"signed"}
    assert Mark.objects.filter(kind="signed").count() == 4
    assert Entry.objects.filter(event="document.signed").count() == 1


def test_a_paraf_under_another_content_is_refused(office, compiled):
    with pytest.raises(Stale, match="berubah"):
        builders.initial(office, compiled.run, data_hash="f" * 64)


def test_the_wrong_person_neither_initials_nor_signs(office, compiled):
    with pytest.raises(Denied):
        builders.initial(office, compiled.run, office.staf)
    builders.initial(office, compiled.run)
    with pytest.raises(Denied):
        builders.sign(office, compiled.run, office.sekretaris)
    assert not Signature.objects.exists()


@pytest.mark.requirement("R-KINTOM-18")
def test_without_the_paraf_nothing_is_signed(office, compiled):
    do(office, compiled.run, "paraf", office.sekretaris)  # as if the paraf had been given under something else

    with pytest.raises(Refused, match="paraf") as refusal:
        builders.sign(office, compiled.run)

    assert refusal.value.code == "paraf"
    assert Task.objects.get(run=compiled.run, step="tandatangan").state == "open"


def test_a_content_that_changed_is_not_signed(office, compiled):
    builders.initial(office, compiled.run)
    with pytest.raises(Stale):
        builders.sign(office, compiled.run, data_hash="e" * 64)


def test_signing_asks_that_the_document_was_read(office, compiled):
    builders.initial(office, compiled.run)
    with pytest.raises(Refused, match="Baca dulu"):
        builders.sign(office, compiled.run, has_read=False)


def test_the_same_click_twice_signs_once(office, compiled):
    builders.initial(office, compiled.run)
    task, document = open_task(compiled.run, "tandatangan"), main_document(compiled.run)
    first = builders.sign(office, compiled.run, key="once")
    again = sign_document(
        task_id=task.pk,
        document_id=document.pk,
        by=office.actor(office.camat),
        password=PASSWORD,
        data_hash=document.data_hash,
        has_read=True,
        key="once",
    )

    assert again == first
    assert Signature.objects.count() == 1


def test_a_wrong_password_signs_nothing_and_is_not_written_down(office, compiled):
    builders.initial(office, compiled.run)

    with pytest.raises(Refused, match="Sisa 4 percobaan"):
        builders.sign(office, compiled.run, password="padi-keliru-2026")

    entry = Entry.objects.get(event="password.wrong")
    assert entry.refused
    assert "padi-keliru" not in str(entry.payload)
    assert not Signature.objects.exists()


def test_a_right_password_begins_the_count_anew(office, compiled):
    actor = office.actor(office.camat)
    with pytest.raises(Refused, match="Sisa 4 percobaan"):
        confirm_password(by=actor, password="padi-keliru-2026")

    confirm_password(by=actor, password=PASSWORD)

    assert tries_left(actor, timezone.now()) == 5
    with pytest.raises(Refused, match="Sisa 4 percobaan"):
        confirm_password(by=actor, password="padi-keliru-2026")


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(office, compiled, frozen_time):
    builders.initial(office, compiled.run)
    for _try in range(5):
        with pytest.raises(Refused):
            builders.sign(office, compiled.run, password="salah-terus-ini")

    with pytest.raises(Refused, match="Tunggu 15 menit"):
        builders.sign(office, compiled.run)

    frozen_time.shift(timedelta(minutes=16))
    builders.sign(office, compiled.run)
    assert Signature.objects.count() == 1


@pytest.mark.requirement("R-INSP-17", "R-INSP-13")
def test_the_inspektur_signs_when_every_sheet_has_its_paraf(office, frozen_time):
    people = office.asn_of(office.kasi[0])[:2]
    run = builders.validated(office, people, code="inspektorat")
    builders.compile_data(office, run)
    Paraf.objects.filter(task__branch__pegawai=people[1]).update(voided_at="2026-02-03T03:00:00Z")

    with pytest.raises(Refused, match=people[1].full_name):
        builders.sign(office, run)

    Paraf.objects.update(voided_at=None)
    builders.sign(office, run)
    assert main_document(run).state == "signed"


@pytest.mark.requirement("R-NGORO-25", "R-NGORO-22", "R-NGORO-26")
def test_every_stakeholder_signs_before_the_report_is_final(office, to_sign):
    run, (first, second) = to_sign.run, to_sign.pptk
    builders.sign(office, run, first, member=first)

    document = main_document(run)
    assert document.state == "draft"
    assert [signer.signature is not None for signer in signers_of(run, document)] == [True, False]

    builders.sign(office, run, second, member=second)
    document.refresh_from_db()
    assert document.state == "signed"
    assert document.number == "065/1/2026"
    assert open_task(run, "arsip").work == "archive"


@pytest.mark.requirement("R-NGORO-25")
def test_a_stakeholder_who_refuses_sends_the_report_back_to_the_meeting(office, to_sign):
    run, (first, second) = to_sign.run, to_sign.pptk
    builders.sign(office, run, first, member=first)

    builders.send_back(office, run, "tandatangan", second, member=second, reason="angka saya tidak dipakai")

    revoked = Signature.objects.get()
    assert revoked.revoke_reason == "angka saya tidak dipakai"
    assert open_task(run, "rapat").return_reason == "angka saya tidak dipakai"
    assert not Task.objects.filter(run=run, step="tandatangan", state="open").exists()


def test_who_refuses_to_sign_is_asked_for_the_reason_alone_and_told_what_became_of_it(office, to_sign, client_for):
    person = to_sign.pptk[0]
    client, task = client_for(person), open_task(to_sign.run, "tandatangan", f"p{person.pk}")
    url = f"/ttd/{main_document(to_sign.run).pk}/?task={task.pk}"
    page = client.get(url)
    sent = {"key": page.context["page"].key, "data_hash": page.context["paper"].data_hash}

    silent = client.post(url, {**sent, "act": "return"})
    assert silent.status_code == 422 and "Tulis alasan pengembalian" in silent.text
    assert "Tulis kata sandi Anda untuk menandatangani" not in silent.text
    told = client.post(url, {**sent, "act": "return", "reason": "Angka saya tidak dipakai."}, follow=True).text
    assert "Dikembalikan dari langkah" in told and "Tercatat" not in told


def test_two_people_signing_at_once_are_both_served(committed_db):
    cast = build_office()
    to_sign = _ready_to_sign(cast)
    errors = []

    def sign(person):
        try:
            builders.sign(cast, to_sign.run, person, member=person)
        except Exception as error:  # what a thread raises is told to the test
            errors.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=sign, args=(person,)) for person in to_sign.pptk]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert Signature.objects.count() == 2
    assert main_document(to_sign.run).state == "signed"
    assert Task.objects.filter(run=to_sign.run, step="arsip", state="open").count() == 1


def _ready_to_sign(cast):
    units = cast.units[2:4]
    source = cases.signed(cast, units)
    a1, b1 = (cases.figures(source, unit)[0] for unit in units)
    case = cases.open_case(cast, source, {a1: "keliru", b1: "keliru"})
    cases.give_order(cast, case.run)
    cases.plan(cast, case)
    for person in cast.kasi[:2]:
        cases.repair(cast, case.run, person, person, "92,1")
    builders.compile_data(cast, case.run, cast.kasubag, adequate=[a1.pk, b1.pk])
    builders.hand_up(cast, case.run, "lapor", cast.kasubag, cast.sekretaris)
    cases.meet(cast, case.run, dict.fromkeys(case.items.order_by("pk"), "new"))
    builders.initial(cast, case.run, cast.kasubag, step="paraf_kasubag")
    builders.initial(cast, case.run, cast.sekretaris, step="paraf_sekretaris")
    builders.register(cast, case.run)
    return SimpleNamespace(run=case.run, pptk=cast.kasi[:2])


@pytest.mark.requirement("R-KINTOM-10")
def test_after_a_correction_the_parafs_are_given_again_and_then_it_is_signed(office, compiled):
    run, figure = compiled.run, cases.figures(compiled.run, compiled.a)[0]
    builders.initial(office, run)
    old = main_document(run)
    case = cases.open_case(office, run, {figure: "salah bulan"}, code="kintom")
    repaired = builders.by_kintom(office, case, compiled)
    run = Run.objects.get(pk=run.pk)
    assert (repaired.state, run.state) == ("done", "running")

    with pytest.raises(Stale):
        builders.sign(office, run, data_hash=old.data_hash)
    new = main_document(run)
    with pytest.raises(Refused, match="paraf"):
        builders.sign(office, run)
    for person in (compiled.kasi, office.sekretaris):
        renew_parafs(document=new, by=office.actor(person), data_hash=new.data_hash)
    with pytest.raises(Denied):
        renew_parafs(document=new, by=office.actor(office.staf), data_hash=new.data_hash)
    builders.sign(office, run)

    old.refresh_from_db()
    assert (old.state, main_document(run).no, main_document(run).state) == ("superseded", 2, "signed")


def test_a_signed_document_is_kept_when_its_run_makes_another(office, frozen_time):
    people = office.asn_of(office.kasi[0])[:2]
    run = builders.signed_recap(office, people)

    assert Document.objects.get(run=run).state == "signed"
    assert run.state == "done"
