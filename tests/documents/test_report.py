"""The yearly report: written, sent back, handed up."""

from datetime import date
from decimal import Decimal

import pytest

from runut.audit.models import Entry
from runut.collection.actions import explain_quarters
from runut.collection.models import Period, YearRun
from runut.documents.actions import approve_document, save_draft
from runut.documents.models import Document, HandUp, ReportDraft
from runut.documents.queries import main_document, recipients_for, remarks_since_draft
from runut.lib.errors import Denied, Refused, Stale
from runut.planning.actions import take_up_scale
from runut.planning.models import IndicatorVersion
from runut.planning.rules import SHIPPED, WORDLESS, as_kept, own_scale
from runut.sop.models import Task
from tests.documents import builders
from tests.sop.play import do, open_task


@pytest.mark.requirement("R-KEMLAGI-26")
def test_the_draft_is_a_version_with_tables_out_of_the_data(office, yearly):
    builders.draft(office, yearly.run)

    document = main_document(yearly.run)
    [table] = [block for block in document.content["blocks"] if block["kind"] == "table"]
    assert (document.kind, document.no) == ("report", 1)
    assert len(table["groups"][0]["rows"]) == 4
    assert table["groups"][0]["rows"][0][-2] == "84,75 (tanpa TW II, TW III, TW IV)"
    assert open_task(yearly.run, "koreksi").work == "approve"


def test_where_the_office_has_a_scale_the_report_gives_the_predicates_and_names_it(office, yearly):
    take_up_scale(office=office.office, scale=SHIPPED[0], start=date(2026, 1, 1), by=office.actor(office.camat))

    builders.draft(office, yearly.run)

    blocks = main_document(yearly.run).content["blocks"]
    [table] = [block for block in blocks if block["kind"] == "table"]
    assert table["columns"][-1]["label"] == "Predikat"
    assert table["groups"][0]["rows"][0][-1] == "Sangat Tinggi"
    assert "Predikat menurut Permendagri 86/2017." in [block.get("text") for block in blocks]


def test_the_report_names_the_scale_of_an_indicator_that_has_its_own(office, yearly):
    own = own_scale("Skala SPM", "Keputusan 7/2026", [("Tuntas", Decimal(100)), ("Belum tuntas", None)])
    version = IndicatorVersion.objects.order_by("pk")[0]
    IndicatorVersion.objects.filter(pk=version.pk).update(predicate_scale=as_kept(own))
    take_up_scale(office=office.office, scale=SHIPPED[0], start=date(2026, 1, 1), by=office.actor(office.camat))

    builders.draft(office, yearly.run)

    blocks = main_document(yearly.run).content["blocks"]
    [table] = [block for block in blocks if block["kind"] == "table"]
    assert {row[-1] for row in table["groups"][0]["rows"]} == {"Belum tuntas", "Sangat Tinggi"}
    sentence = f"Predikat menurut Permendagri 86/2017; Skala SPM (Keputusan 7/2026) untuk “{version.name}”."
    assert sentence in [block.get("text") for block in blocks]


def test_the_report_says_of_which_indicator_there_is_no_word(office, yearly):
    version = IndicatorVersion.objects.order_by("pk")[0]
    IndicatorVersion.objects.filter(pk=version.pk).update(predicate_scale=as_kept(WORDLESS))
    take_up_scale(office=office.office, scale=SHIPPED[0], start=date(2026, 1, 1), by=office.actor(office.camat))

    builders.draft(office, yearly.run)

    blocks = main_document(yearly.run).content["blocks"]
    [table] = [block for block in blocks if block["kind"] == "table"]
    assert {row[-1] for row in table["groups"][0]["rows"]} == {"–", "Sangat Tinggi"}
    sentence = f"Predikat menurut Permendagri 86/2017; tanpa predikat untuk “{version.name}”."
    assert sentence in [block.get("text") for block in blocks]


def test_an_empty_chapter_is_named(office, yearly):
    with pytest.raises(Refused, match="BAB II") as refusal:
        builders.draft(office, yearly.run, chapters={**builders.TEXTS, "2": " "})

    assert refusal.value.code == "chapters"
    assert not Document.objects.filter(kind="report").exists()


def test_a_saved_draft_is_no_version(office, yearly):
    task = open_task(yearly.run, "draf")
    save_draft(task=task, by=office.actor(office.kasubag), chapters={"1": "Baru mulai."})
    save_draft(task=task, by=office.actor(office.kasubag), chapters={"1": "Lebih jauh."})

    assert ReportDraft.objects.get().chapters["1"] == "Lebih jauh."
    assert main_document(yearly.run).kind == "recap"
    with pytest.raises(Denied):
        save_draft(task=task, by=office.actor(office.kasi[0]), chapters={"1": "Orang lain"})


@pytest.mark.requirement("R-KEMLAGI-27")
def test_the_secretary_sends_the_draft_back_with_remarks_per_chapter(office, yearly):
    run = yearly.run
    builders.draft(office, run)
    builders.send_back(
        office,
        run,
        "koreksi",
        office.sekretaris,
        reason="perlu dilengkapi",
        form={"remarks": {"BAB III": "tambah sebab"}},
    )

    [returned] = remarks_since_draft(run)
    assert (returned.task.reason, returned.task.form["remarks"]) == ("perlu dilengkapi", {"BAB III": "tambah sebab"})
    builders.draft(office, run, chapters={**builders.TEXTS, "3": "Sebab: sistem baru."})
    assert remarks_since_draft(run) == []
    second = main_document(run)
    assert (second.no, second.supersedes.supersede_reason) == (2, "perlu dilengkapi")


@pytest.mark.requirement("R-KEMLAGI-29")
def test_the_head_is_handed_the_report_and_may_refuse_it(office, yearly):
    run = yearly.run
    builders.draft(office, run)
    builders.approve(office, run, "koreksi", office.sekretaris)
    do(office, run, "rapat", office.sekretaris)
    builders.hand_up(office, run, "ajukan", office.sekretaris, office.camat)

    assert HandUp.objects.get().recipient_title == "Camat"
    builders.send_back(office, run, "setujui", office.camat, reason="bab IV terlalu singkat")
    assert open_task(run, "koreksi").return_reason == "bab IV terlalu singkat"


@pytest.mark.requirement("R-KEMLAGI-30")
def test_the_head_approves_and_signs(office, yearly):
    run = yearly.run
    builders.draft(office, run)
    builders.approve(office, run, "koreksi", office.sekretaris)
    do(office, run, "rapat", office.sekretaris)
    builders.hand_up(office, run, "ajukan", office.sekretaris, office.camat)
    builders.approve(office, run, "setujui", office.camat)
    builders.sign(office, run)

    assert main_document(run).state == "signed"
    assert open_task(run, "surat").work == "register"


def test_a_report_that_changed_is_not_approved(office, yearly):
    builders.draft(office, yearly.run)
    with pytest.raises(Stale):
        builders.approve(office, yearly.run, "koreksi", office.sekretaris, data_hash="0" * 64)


def test_approving_twice_approves_once(office, yearly):
    builders.draft(office, yearly.run)
    task = open_task(yearly.run, "koreksi")
    first = builders.approve(office, yearly.run, "koreksi", office.sekretaris, key="once")

    again = approve_document(task_id=task.pk, by=office.actor(office.sekretaris), data_hash="", key="once")

    assert again == first
    assert Task.objects.filter(run=yearly.run, step="rapat", slot=0).count() == 1


@pytest.mark.requirement("R-NGORO-18")
def test_the_corrected_data_are_reported_to_the_secretary(office, ngoro):
    builders.compile_data(office, ngoro.run, office.kasubag, adequate=[ngoro.a1.pk, ngoro.b1.pk])
    task = open_task(ngoro.run, "lapor")
    found = recipients_for(task, office.actor(office.kasubag), task.opened_at.date())

    builders.hand_up(office, ngoro.run, "lapor", office.kasubag, office.sekretaris)

    assert office.sekretaris.pk in {held.pegawai_id for held in found}
    assert office.kasubag.pk not in {held.pegawai_id for held in found}
    assert HandUp.objects.get().document == main_document(ngoro.run)


def test_a_stranger_is_no_recipient(office, ngoro):
    builders.compile_data(office, ngoro.run, office.kasubag, adequate=[ngoro.a1.pk, ngoro.b1.pk])
    with pytest.raises(Refused, match="Pilih penerima"):
        builders.hand_up(office, ngoro.run, "lapor", office.kasubag, office.asn[7])


@pytest.mark.requirement("R-KEMLAGI-19")
def test_a_quarter_that_is_wanting_needs_a_reason_that_is_printed(office, yearly, client_for):
    run = yearly.run
    Period.objects.filter(run=run).update(quarter=0)
    year = YearRun.objects.create(instansi=office.instansi, run=run, year=2026, basis="unit")
    browser, address = client_for(office.kasubag), f"/tugas/{open_task(run, 'draf').pk}/konsep/"

    with pytest.raises(
        Refused, match="Triwulan I 2026, Triwulan II 2026, Triwulan III 2026, Triwulan IV 2026"
    ) as refusal:
        builders.draft(office, run)
    page = browser.get(address).text
    explain_quarters(
        run=year.run, by=office.actor(office.kasubag), reasons=dict.fromkeys((1, 2, 3), "SOP belum berlaku")
    )
    with pytest.raises(Refused, match=r"Data Triwulan IV 2026 belum ada"):
        builders.draft(office, run)
    explain_quarters(run=year.run, by=office.actor(office.kasubag), reasons={4: "Server rusak"})
    builders.draft(office, run)

    assert refusal.value.code == "quarters"
    assert "Belum ada alasannya" in page and f'href="{year.get_absolute_url()}"' in page
    told = [block["text"] for block in main_document(run).content["blocks"] if block["kind"] == "paragraph"]
    assert "Data Triwulan IV 2026 belum ada: Server rusak" in told
    assert Entry.objects.filter(event="year.explained").latest("pk").subject_label == "Triwulan IV"


def test_only_a_reason_still_wanting_is_asked_for_on_the_page_of_the_report(office, yearly, client_for):
    run = yearly.run
    Period.objects.filter(run=run).update(quarter=0)
    year = YearRun.objects.create(instansi=office.instansi, run=run, year=2026, basis="unit")
    explain_quarters(
        run=year.run, by=office.actor(office.kasubag), reasons=dict.fromkeys((1, 2, 3), "SOP belum berlaku")
    )
    browser, address = client_for(office.kasubag), f"/tugas/{open_task(run, 'draf').pk}/konsep/"
    page = browser.get(address)
    sent = {"key": page.context["page"].key, "act": "complete", "data_hash": page.context["paper"].data_hash}
    sent |= {f"chapter_{code}": text for code, text in builders.TEXTS.items()}

    refused = browser.post(address, sent | {"reason_4": ""})
    done = browser.post(address, sent | {"reason_4": "Server rusak"})

    assert page.text.count("Alasannya sudah ditulis: SOP belum berlaku") == 3
    assert 'name="reason_4"' in page.text and 'name="reason_1"' not in page.text
    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Tulis alasannya; alasan itu tercetak dalam laporan." in refused.text
    told = [block["text"] for block in main_document(run).content["blocks"] if block["kind"] == "paragraph"]
    assert "Data Triwulan IV 2026 belum ada: Server rusak" in told
