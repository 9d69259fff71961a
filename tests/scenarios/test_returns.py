"""Whatever the kind of a step: its return opens the step before again, with the reason, and nothing else is done."""

import re

import pytest
from django.apps import apps

from runut.sop.models import Task
from runut.sop.rules.kinds import KINDS
from runut.sop.rules.parse import load
from runut.sop.rules.soundness import check
from tests.collection import builders as forms
from tests.correction import builders as cases
from tests.correction.conftest import ngoro  # noqa: F401
from tests.documents import builders as papers
from tests.sop.play import LIBRARY, do, install, open_task

HEAD = """
code: contoh
title: Contoh
category: collection
subject: pegawai
lanes:
  - {key: staf, name: Staf, slot: staf}
  - {key: kepala, name: Kepala, slot: kepala}
steps:
"""
STEPS = {
    "mulai": "lane: staf, work: do",
    "siapkan": "lane: staf, work: prepare",
    "bagikan": "lane: staf, work: distribute",
    "isi": "lane: staf, work: fill, each: pegawai, actor: subject",
    "himpun": "lane: staf, work: compile",
    "tandatangan": "lane: kepala, work: sign",
    "kerja": "lane: staf, work: do",
}
COLLECTED = ("siapkan", "bagikan", "isi")
GATHERED = (*COLLECTED, "himpun", "kerja")
SIGNED = (*COLLECTED, "himpun", "tandatangan", "kerja")
# What is done before the step of this kind; the last of it is done once more.
BEFORE = {
    "instruct": ("mulai",),
    "prepare": ("mulai",),
    "coordinate": ("mulai",),
    "do": ("mulai",),
    "distribute": ("siapkan",),
    "review": COLLECTED,
    "compile": (*COLLECTED, "kerja"),
    **dict.fromkeys(("analyse", "draft", "approve", "report", "meet", "initial", "register", "sign"), GATHERED),
    **dict.fromkeys(("publish", "reproduce", "dispatch", "archive"), SIGNED),
}
REASON = "Daftarnya belum lengkap"


def procedure(work):
    steps = [f"  - {{id: {step}, text: Mengerjakan, {STEPS[step]}}}" for step in BEFORE[work]]
    lane = "kepala" if work in ("sign", "review") else "staf"
    each = ", each: pegawai" if work == "review" else ""
    back = f"outcomes: {{return: {BEFORE[work][-1]}}}"
    steps.append(f"  - {{id: coba, text: Mencoba, lane: {lane}, work: {work}{each}, {back}}}")
    if work in ("prepare", "distribute"):
        steps.append(f"  - {{id: isi, text: Mengisi, {STEPS['isi']}}}")
    return HEAD + "\n".join(steps) + "\n"


def play(office, work, person):
    """Everything before the step, as it is done in earnest where what it makes is needed."""
    forms.give_indicators(office, people=[person])
    install(office, "contoh", procedure(work))
    run = forms.start_again(office, "contoh")
    done = {
        "siapkan": lambda: forms.prepare(office, run, [person]),
        "bagikan": lambda: forms.distribute(office, run),
        "isi": lambda: forms.fill_in(office, run, person),
        "himpun": lambda: papers.compile_data(office, run),
        "tandatangan": lambda: papers.sign(office, run),
    }
    for step in BEFORE[work]:
        done.get(step, lambda step=step: do(office, run, step, office.staf))()
    return run


def press_return(client, task):
    """Press the button that sends back, on the page that this kind of work has; nothing else is filled in."""
    shown = client.get(f"/tugas/{task.pk}/", follow=True)
    address, query = shown.request["PATH_INFO"], shown.request["QUERY_STRING"]
    body = shown.content.decode()
    assert re.search(r'name="act" value="return"', body), body
    hidden = dict(re.findall(r'<input type="hidden" name="(key|data_hash)" value="([^"]*)"', body))
    sent = {**hidden, "act": "return", "reason": REASON, **extra(task, body)}
    return client.post(f"{address}?{query}" if query else address, sent)


def extra(task, body):
    """Which line of a form is wrong: a review sends nothing back without."""
    if task.work != "review":
        return {}
    line = re.search(r'name="verdict-(\d+)"', body)[1]
    return {f"verdict-{line}": "noted", f"note-{line}": "Salah bulan"}


def rows():
    """How many rows there are of everything that a step could make."""
    labels = ("collection", "correction", "documents", "publication")
    kept = {"Analysis", "ReportDraft", "MeetingDraft", "Line", "Evidence"}
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {model.__name__: model.objects.count() for model in models if model.__name__ not in kept}


def check_sent_back(task, to, before):
    task.refresh_from_db()
    again = open_task(task.run, to, task.branch.member if task.branch else None)
    assert (task.state, task.outcome) == ("returned", "return")
    assert REASON in task.reason
    assert again.round == 2
    assert REASON in again.return_reason
    assert rows() == before


@pytest.mark.parametrize("work", sorted(BEFORE))
def test_a_return_opens_the_step_before_and_does_nothing_of_its_own(office, frozen_time, client_for, work):
    person = office.asn[0]
    run = play(office, work, person)
    task = Task.objects.get(run=run, step="coba", state="open")
    before = rows()

    answer = press_return(client_for(office.camat if work in ("sign", "review") else office.staf), task)

    assert answer.status_code == 302, answer.content.decode()
    check_sent_back(task, BEFORE[work][-1], before)


def test_a_plan_goes_back_without_a_plan(office, ngoro, client_for):  # noqa: F811
    text = (LIBRARY / "ngoro.yaml").read_text(encoding="utf-8")
    back = text.replace("    work: plan\n", "    work: plan\n    outcomes: {return: perintah}\n")
    case = cases.open_case(office, ngoro.run, {ngoro.b1: "satuan keliru"}, sop=install(office, "ngoro", back))
    cases.give_order(office, case.run)
    task = open_task(case.run, "rencana")
    before = rows()

    assert press_return(client_for(office.kasubag), task).status_code == 302
    check_sent_back(task, "perintah", before)


def test_every_kind_returns_or_is_refused():
    """The one kind that sends nothing back is refused when the procedure is checked."""
    assert set(KINDS) - set(BEFORE) == {"fill", "plan"}
    text = procedure("compile").replace(STEPS["isi"], STEPS["isi"] + ", outcomes: {return: bagikan}")
    assert [(each.code, each.step) for each in check(load(text)) if each.level == "error"] == [
        ("return-from-fill", "isi")
    ]


def test_forms_that_came_back_are_prepared_anew(office, frozen_time, client_for):
    first, second = office.asn[:2]
    run = play(office, "distribute", first)
    forms.give_indicators(office, people=[second])
    press_return(client_for(office.staf), Task.objects.get(run=run, step="coba", state="open"))

    forms.prepare(office, run, [second], quarter=2)

    period = run.period
    assert (period.quarter, [sheet.pegawai for sheet in period.sheets.all()]) == (2, [second])
    assert {figure.pegawai for figure in period.figures.all()} == {second}


def test_the_page_of_forms_that_came_back_begins_as_they_were_prepared(office, frozen_time, client_for):
    one, other, client = *office.asn[:2], client_for(office.staf)
    run = play(office, "distribute", one)
    forms.give_indicators(office, people=[other])
    press_return(client, Task.objects.get(run=run, step="coba", state="open"))
    sent = {"tahun": "2026", "triwulan": "1", "shown": "2026-1", "batas": "2026-02-20", "member": [one.pk]}
    why = {f"reason-{each.pk}": "Tugas belajar" for each in office.everybody if each != one}
    address = f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/"
    client.post(address, {"act": "complete", "key": "k1", **sent, **why})
    press_return(client, Task.objects.get(run=run, step="coba", state="open"))

    page = client.get(f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/").text

    assert re.search(r'name="batas" value="2026-02-20"', page)
    assert f'id="m{one.pk}" checked' in page
    assert f'id="m{other.pk}" checked' not in page
    assert re.search(rf'name="reason-{other.pk}"[^>]*value="Tugas belajar"', page)


def test_a_reason_that_is_too_long_says_so_beside_its_field_and_is_kept(office, frozen_time, client_for):
    run, long = play(office, "do", office.asn[0]), "alasan\r\n" * 200
    task = Task.objects.get(run=run, step="coba", state="open")

    answer = client_for(office.staf).post(f"/tugas/{task.pk}/kerjakan/", {"act": "return", "reason": long})

    task.refresh_from_db()
    assert (answer.status_code, task.state) == (422, "open")
    [error] = re.findall(r'id="reason_error">(.*?)</p>', answer.text, flags=re.S)
    assert "Ringkas sampai paling banyak 1000 huruf" in error
    assert "alasan\nalasan" in answer.text


def test_a_line_break_counts_as_one_letter_of_a_reason(office, frozen_time, client_for):
    run = play(office, "do", office.asn[0])
    task = Task.objects.get(run=run, step="coba", state="open")

    client_for(office.staf).post(f"/tugas/{task.pk}/kerjakan/", {"act": "return", "reason": "a\r\n" * 500})

    task.refresh_from_db()
    assert task.state == "returned"
