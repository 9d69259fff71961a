"""Sidoarjo's report from gathering to archive: reviewed, verified, initialled, signed by all and by the head, sent."""

import pytest

from runut.documents.actions import archive_document
from runut.documents.models import Signature
from runut.documents.queries import main_document
from runut.lib.errors import Refused
from runut.sop.models import Paraf, Run, Task
from runut.sop.queries.inbox import inbox
from tests.documents import builders
from tests.sop.play import open_task


@pytest.mark.requirement("R-SIDOARJO-29", "R-SIDOARJO-30", "R-SIDOARJO-32", "R-SIDOARJO-33")
def test_the_report_is_signed_by_the_stakeholders_and_then_by_the_head(office, gathered):
    run, pptk = gathered.run, office.kasi[0]
    builders.approve(office, run, "reviu", office.sekretaris, remark="lengkap")
    builders.approve(office, run, "verifikasi", office.sekretaris)
    builders.initial(office, run)
    builders.register(office, run)
    builders.sign(office, run, pptk, member=pptk)
    assert main_document(run).state == "draft"
    builders.sign(office, run, office.camat, step="ttd_kepala")

    document = main_document(run)
    assert (document.state, Signature.objects.filter(document=document).count()) == ("signed", 2)
    builders.dispatch(office, run, step="sampaikan")
    archive_document(
        task_id=open_task(run, "arsip").pk,
        by=office.actor(office.staf),
        data_hash=document.data_hash,
        classification="065",
        retention_years=5,
    )
    run.refresh_from_db()
    gathered.refresh_from_db()
    assert (run.state, gathered.closed_at is not None) == ("done", True)


def test_a_paraf_that_became_void_before_the_signing_began_is_asked_for_when_it_begins(office, gathered, client_for):
    run = gathered.run
    builders.approve(office, run, "reviu", office.sekretaris, remark="lengkap")
    builders.approve(office, run, "verifikasi", office.sekretaris)
    builders.initial(office, run)
    by = Paraf.objects.get(task__run=run, task__branch=None).pegawai
    office.office.name = "Kecamatan Contoh Baru"
    office.office.save(update_fields=["name"])
    assert inbox(office.actor(by)).again == []

    builders.register(office, Run.objects.get(pk=run.pk))

    [row] = inbox(office.actor(by)).again
    assert (row.verb, row.run_id) == ("Paraf ulang", run.pk)
    page = client_for(by).get(row.url, follow=True)
    client_for(by).post(page.request["PATH_INFO"], {"data_hash": page.context["now_hash"]})
    assert inbox(office.actor(by)).again == []
    builders.sign(office, run, office.kasi[0], member=office.kasi[0])


@pytest.mark.requirement("R-SIDOARJO-34")
def test_an_insufficient_report_goes_from_the_review_back_to_who_gathers(office, gathered):
    builders.send_back(office, gathered.run, "reviu", office.sekretaris, reason="penyebab belum jelas")

    assert open_task(gathered.run, "himpun").return_reason == "penyebab belum jelas"


def test_what_is_not_signed_is_not_sent(office, gathered):
    Task.objects.filter(run=gathered.run, state="open").update(step="sampaikan", work="dispatch")

    with pytest.raises(Refused, match="belum ditandatangani"):
        builders.dispatch(office, gathered.run, office.sekretaris, step="sampaikan")
