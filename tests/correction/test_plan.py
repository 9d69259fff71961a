"""The plan: who repairs what, until when, with what evidence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from runut.collection import actions as actions_of_forms
from runut.collection.models import Line, Sheet
from runut.correction import actions
from runut.lib.errors import Denied, Refused
from runut.organisation.queries import calendar_of
from runut.sop.models import RunScope, Task
from tests.collection import builders as forms
from tests.correction import builders
from tests.harness.scenes import scene


@scene
def ordered(office, case):
    builders.give_order(office, case.run)
    return case


@pytest.mark.requirement("R-NGORO-14", "R-SIDOARJO-28")
def test_the_kasubag_sets_the_plan_and_each_pptk_gets_a_form(office, ngoro, ordered):
    builders.plan(office, ordered)

    item = ordered.items.get(figure=ngoro.a1)
    assert (item.repairer, item.needed_evidence, item.suspected_cause) == (ngoro.pptk_a, "Rekap SIAK", "Salah unduh")
    sheets = Sheet.objects.filter(run=ordered.run)
    assert {sheet.pegawai for sheet in sheets} == {ngoro.pptk_a, ngoro.pptk_b}
    assert Line.objects.get(sheet__run=ordered.run, figure=ngoro.a1).corrects == item.before
    tasks = Task.objects.filter(run=ordered.run, step="perbaiki", state="open")
    assert {task.pegawai for task in tasks} == {ngoro.pptk_a, ngoro.pptk_b}


@pytest.mark.requirement("R-KINTOM-11", "R-NGORO-15")
def test_who_repairs_reads_what_is_wrong_which_evidence_is_wanted_and_until_when(office, ngoro, ordered, client_for):
    builders.plan(office, ordered)

    item = ordered.items.get(figure=ngoro.a1)
    line = Line.objects.get(sheet__run=ordered.run, figure=ngoro.a1)
    assert item.what in line.asked and "Rekap SIAK" in line.asked and "Paling lambat" in line.asked
    client = client_for(ngoro.pptk_a)
    for address in (line.sheet.get_absolute_url(), f"{line.sheet.get_absolute_url()}baris/{line.pk}/"):
        assert "Bukti yang diminta: Rekap SIAK" in client.get(address).text


def test_the_first_of_the_days_planned_for_somebody_is_when_the_task_is_due(office, ngoro, ordered, client_for):
    day = builders.order(office).day
    planned = {ngoro.a1: day + timedelta(days=6), ngoro.b1: day + timedelta(days=1)}
    entries = {
        item.pk: actions.PlanEntry(ngoro.pptk_a.pk, planned[item.figure], "Rekap SIAK")
        for item in ordered.items.select_related("figure__unit")
    }
    builders.plan(office, ordered, entries=entries)

    task = Task.objects.get(run=ordered.run, step="perbaiki", state="open")
    calendar = calendar_of(office.office)
    assert (task.pegawai, task.due_at) == (ngoro.pptk_a, calendar.closing(planned[ngoro.b1]))
    assert "Tanpa batas waktu" not in client_for(ngoro.pptk_a).get("/tugas/").text


def test_each_repairer_has_a_day_of_his_own(office, ngoro, ordered):
    day = builders.order(office).day
    items = {item.figure: item.pk for item in ordered.items.select_related("figure")}
    later = actions.PlanEntry(ngoro.pptk_b.pk, day + timedelta(days=7), "Rekap SIAK")
    builders.plan(office, ordered, entries={items[ngoro.b1]: later})

    tasks = {task.pegawai: task.due_at for task in Task.objects.filter(run=ordered.run, step="perbaiki")}
    assert tasks[ngoro.pptk_b] > tasks[ngoro.pptk_a]


def test_one_pptk_may_repair_for_the_other_and_both_still_sign(office, ngoro, ordered):
    builders.plan(office, ordered, repairers={ngoro.b1: ngoro.pptk_a})

    assert [task.pegawai for task in Task.objects.filter(run=ordered.run, step="perbaiki")] == [ngoro.pptk_a]
    assert set(RunScope.objects.get(run=ordered.run).members) == {ngoro.pptk_a.pk, ngoro.pptk_b.pk}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda entry, office: replace(entry, repairer=office.staf.pk), "pilih pelaksana dari daftar"),
        (lambda entry, office: replace(entry, evidence=" "), "tulis bukti yang diperlukan"),
        (lambda entry, office: replace(entry, due_on=entry.due_on - timedelta(days=9)), "Batas waktu sudah lewat"),
        (
            lambda entry, office: replace(entry, due_on=entry.due_on + timedelta(days=4)),
            "tutup pada Sabtu, 7 Februari 2026. Hari kerja berikutnya Senin, 9 Februari 2026",
        ),
    ],
)
def test_an_incomplete_plan_is_refused(office, ngoro, ordered, change, sentence):
    due = builders.order(office).day
    item = ordered.items.get(figure=ngoro.a1)
    entry = change(actions.PlanEntry(ngoro.pptk_a.pk, due, "Rekap"), office)

    with pytest.raises(Refused, match=sentence):
        builders.plan(office, ordered, entries={item.pk: entry})
    assert not Sheet.objects.filter(run=ordered.run).exists()


def test_every_item_is_planned(office, ngoro, ordered):
    task = builders.open_task(ordered.run, "rencana")

    with pytest.raises(Refused, match="belum direncanakan"):
        actions.set_plan(task_id=task.pk, by=office.actor(office.kasubag), entries={})


def test_another_does_not_plan(office, ordered):
    with pytest.raises(Denied):
        builders.plan(office, ordered, office.staf)


def test_the_same_click_again_plans_once(office, ordered):
    entries = {i.pk: actions.PlanEntry(i.figure.indicator.indicator.kegiatan.stakeholders.get().pegawai_id,
               builders.order(office).day, "Rekap") for i in ordered.items.all()}  # fmt: skip
    task = builders.open_task(ordered.run, "rencana")
    words = {"task_id": task.pk, "by": office.actor(office.kasubag), "entries": entries, "key": "k-1"}

    assert actions.set_plan(**words) == actions.set_plan(**words)
    assert Sheet.objects.filter(run=ordered.run).count() == 2


def test_a_day_on_which_the_office_is_closed_is_refused_at_its_field(office, ngoro, ordered, client_for, frozen_time):
    frozen_time.shift(timedelta(days=4))
    client, task = client_for(office.kasubag), builders.open_task(ordered.run, "rencana")
    form = client.get(f"/tugas/{task.pk}/rencana/").context["form"]
    item = ordered.items.get(figure=ngoro.a1)
    data = {field.html_name: field.value() or "" for field in form}
    data |= {"key": "k-1", "act": "complete", "late_reason": "Libur"}
    data |= {name: "Rekap SIAK" for name in data if name.startswith("evidence-")}

    refused = client.post(f"/tugas/{task.pk}/rencana/", data | {f"due-{item.pk}": "2026-02-07"})

    assert refused.status_code == 422
    assert "Hari kerja berikutnya Senin, 9 Februari 2026" in str(refused.context["form"].errors[f"due-{item.pk}"])
    assert refused.text.count(f"Batas waktu {item.figure.indicator.name}: Kantor tutup pada") == 1
    assert client.post(f"/tugas/{task.pk}/rencana/", data | {f"due-{item.pk}": "2026-02-09"}).status_code == 302


def test_the_plan_has_the_order_before_it(office, ordered, client_for):
    task = builders.open_task(ordered.run, "rencana")

    page = client_for(office.kasubag).get(f"/tugas/{task.pk}/rencana/").text

    assert "Perbaiki data kinerja yang keliru." in page and f"Ketua: {office.kasubag.full_name}" in page


def test_who_repairs_attaches_the_evidence_asked_for_or_says_why_not(office, ngoro, ordered, client_for):
    builders.plan(office, ordered)
    line = Line.objects.select_related("sheet").get(sheet__run=ordered.run, figure=ngoro.a1)
    words = {"cause": "Salah bulan", "reason": "Sesuai rekap"}
    forms.type_in(office, line.sheet, ngoro.pptk_a, "92,1", **words)
    client, task = client_for(ngoro.pptk_a), builders.open_task(ordered.run, "perbaiki", f"p{ngoro.pptk_a.pk}")

    page = client.get(f"{line.sheet.get_absolute_url()}periksa/").text
    with pytest.raises(Refused, match="bukti yang diminta belum dilampirkan"):
        actions_of_forms.submit_sheet(task_id=task.pk, by=office.actor(ngoro.pptk_a))
    forms.type_in(office, line.sheet, ngoro.pptk_a, "92,1", **words, note="Rekap terbit pekan depan.")
    forms.submit(office, ordered.run, ngoro.pptk_a, step="perbaiki")

    assert "bukti yang diminta belum dilampirkan. Lampirkan" in page
    repaired = page.split("data-replaced>")[1].split("</p>")[0]
    assert "Sebelum diperbaiki:" in repaired and "97,8" in repaired and "92,1" in repaired
    assert "Penyebab: Salah bulan<br>Alasan: Sesuai rekap" in page
    assert builders.now_of(ngoro.a1).note == "Rekap terbit pekan depan."
