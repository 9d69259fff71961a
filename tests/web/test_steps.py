"""A table comes in by small steps: who goes on after a killed process, or beside another, does nothing twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from runut.audit.models import Entry
from runut.collection.models import Line, StagedLine
from runut.lib.tables import read_table
from runut.organisation.actions import imports, tables
from runut.organisation.models import Staged, StagedRow, Unit
from runut.sop.models import Task
from runut.web import incoming
from runut.web.jobs import LEASE, give_back_lost
from tests.collection import builders
from tests.collection.test_import import saved
from tests.harness.scenes import scene
from tests.web.test_imports import send as send_table
from tests.web.test_jobs import work

pytestmark = pytest.mark.django_db
KIND = incoming.KINDS["periode"]
ACTUAL = 4


class Killed(BaseException):
    """What nobody catches, as when the process is gone."""


@pytest.fixture
def small_steps(monkeypatch):
    """Tables are read two rows at a time and brought in one by one, and every table is the worker's."""
    monkeypatch.setattr("runut.collection.actions.from_workbook.OfPeriod.at_once", 2)
    monkeypatch.setattr(tables, "AT_ONCE", 1)
    monkeypatch.setattr(incoming, "SMALL_FILE", -1)
    monkeypatch.setattr(incoming, "SMALL_TABLE", -1)


@scene
def quarter(office, frozen_time):
    """A form of five lines for one person."""
    return builders.collection_of_people(office, [office.asn[0]], how_many=3)


@pytest.fixture
def upload(quarter, office, client_for):
    """The person's workbook with every answer filled in, not read yet."""
    answer = client_for(office.camat).get(f"/periode/{quarter.period.pk}/unduh/")
    rows = [list(row) for row in read_table(answer.content).rows]
    for no, row in enumerate(rows[6:]):
        row[ACTUAL] = 80 + no
    return saved(rows)


@pytest.fixture
def staged(quarter, office, upload, small_steps):
    return imports.receive(
        office=office.office, kind=KIND, file=upload, by=office.actor(office.asn[0]), about=quarter.period.pk
    )


def amounts():
    return list(Line.objects.order_by("figure__no").values_list("amount", flat=True))


def test_the_steps_say_how_far_they_came(staged):
    more = imports.read_on(staged_id=staged.pk, kind=KIND, enough=lambda: True)

    staged.refresh_from_db()
    assert (more, staged.state, staged.seen, staged.read_to) == (True, "reading", 2, 8)
    assert (StagedRow.objects.count(), StagedLine.objects.count()) == (2, 2)


def test_who_goes_on_after_a_kill_reads_on_from_there_and_finds_the_same(staged, monkeypatch):
    imports.read_on(staged_id=staged.pk, kind=KIND, enough=lambda: True)
    with monkeypatch.context() as patch:
        patch.setattr(imports, "_finish_reading", _killed)
        with pytest.raises(Killed):
            imports.read_on(staged_id=staged.pk, kind=KIND, enough=lambda: False)

    imports.read_on(staged_id=staged.pk, kind=KIND, enough=lambda: False)

    staged.refresh_from_db()
    assert (staged.state, staged.seen, staged.counts["changed"]) == ("ready", 3, 3)
    assert [row.no for row in staged.rows.order_by("no")] == [7, 8, 9] and StagedLine.objects.count() == 3
    assert amounts() == [None] * 3


def _killed(*_args):
    raise Killed


def test_a_kill_while_it_is_saved_leaves_nothing_half_done(staged, office, monkeypatch):
    incoming.work_on.call(staged.pk)
    imports.bring_in(staged=staged, kind=KIND, by=office.actor(office.asn[0]))
    with monkeypatch.context() as patch:
        patch.setattr(imports, "finish", _killed)
        with pytest.raises(Killed):
            imports.bring_on(staged_id=staged.pk, kind=KIND)
    half = amounts()

    incoming.work_on.call(staged.pk)
    incoming.work_on.call(staged.pk)

    assert (half, amounts()) == ([None] * 3, [80, 81, 82])
    assert set(Line.objects.values_list("rev", flat=True)) == {1}
    assert Entry.objects.filter(event="import.applied").count() == 1


def test_two_workers_at_the_same_table_read_each_row_once(staged, monkeypatch):
    """The second begins where the first is, and the first notices that it was overtaken."""
    keep = imports._keep

    def overtaken(*args):
        monkeypatch.setattr(imports, "_keep", keep)
        imports.read_on(staged_id=staged.pk, kind=KIND, enough=lambda: False)
        return keep(*args)

    monkeypatch.setattr(imports, "_keep", overtaken)

    more = imports.read_on(staged_id=staged.pk, kind=KIND, enough=lambda: False)

    staged.refresh_from_db()
    assert (more, staged.state, staged.seen, staged.rows.count()) == (False, "ready", 3, 3)


def test_two_people_with_the_same_line_are_both_served_and_neither_overwrites(quarter, office, client_for, upload):
    """Three workbooks of one day: the second to be saved says who was first; the third says the same as the first."""
    client = client_for(office.asn[0])
    other = [list(row) for row in read_table(_again(upload).read()).rows]
    for row in other[6:]:
        row[ACTUAL] = 90
    files = upload, saved(other), upload
    address = f"/periode/{quarter.period.pk}/impor/"
    pages = [client.post(address, {"file": _again(file)}, follow=True) for file in files]

    after = [client.post(page.redirect_chain[-1][0], follow=True) for page in pages]

    counts = [page.context["staged"].counts for page in after]
    assert [(one["changed"], one["rejected"], one["same"]) for one in counts] == [(3, 0, 0), (0, 3, 0), (0, 0, 3)]
    assert [line.amount for line in Line.objects.order_by("figure__no")] == [80, 81, 82]
    assert "sesudah berkasnya diunduh" in after[1].text and set(Line.objects.values_list("rev", flat=True)) == {1}


def _again(upload):
    upload.seek(0)
    return upload


def test_a_set_up_table_goes_on_after_a_kill_with_the_rows_that_are_left(office, client_for, monkeypatch, small_steps):
    admin = client_for(office.admin)
    page = send_table(admin, office, "unit", ("A", "Satu", "", ""), ("B", "Dua", "A", ""), ("C", "Tiga", "B", ""))
    staged = Staged.objects.get()
    incoming.work_on.call(staged.pk)
    admin.post(page.redirect_chain[-1][0])
    imports.bring_on(staged_id=staged.pk, kind=incoming.KINDS["unit"])
    first = set(Unit.objects.filter(code__in="ABC").values_list("code", flat=True))

    incoming.work_on.call(staged.pk)

    staged.refresh_from_db()
    assert (first, staged.state, staged.counts["new"]) == ({"A"}, "done", 3)
    assert Unit.objects.get(code="C").parent.code == "B"
    assert Entry.objects.filter(event="import.applied").count() == 1


def test_the_page_says_how_far_a_large_table_is(quarter, office, client_for, upload, small_steps):
    client = client_for(office.asn[0])
    page = client.post(f"/periode/{quarter.period.pk}/impor/", {"file": upload}, follow=True)
    address = page.redirect_chain[-1][0]
    staged = Staged.objects.get()
    staged.state, staged.seen, staged.total = "reading", 2, 9
    staged.save()

    page, told = client.get(address), client.get(address, headers={"accept": "application/json"}).json()

    assert '<meta http-equiv="refresh" content="5">' in page.text and 'data-import="reading"' in page.text
    assert "Membaca baris 2 dari 9" in page.text and "js/import.js" in page.text
    assert (told["under_way"], told["done"], told["total"]) == (True, 2, 9)
    assert told["words"] == "Membaca baris 2 dari 9"


def test_the_page_of_a_large_file_that_cannot_be_read_says_why(office, client_for, small_steps):
    client = client_for(office.admin)
    page = send_table(client, office, "unit", ("x", "y"), heading=["Apa", "Itu"])
    incoming.work_on.call(Staged.objects.get().pk)

    page = client.get(page.redirect_chain[-1][0])

    assert "Tidak dapat diimpor" in page.text and "Kolom berikut tidak ditemukan: Kode, Nama unit." in page.text
    assert 'http-equiv="refresh"' not in page.text


def test_a_table_that_is_still_read_can_be_thrown_away(staged, client_for, office):
    client = client_for(office.asn[0], enforce_csrf_checks=True)
    page = client.get(f"/atur/impor/hasil/{staged.pk}/")
    token = page.text.partition('name="act"')[0].rpartition('csrfmiddlewaretoken" value="')[2].partition('"')[0]

    client.post(f"/atur/impor/hasil/{staged.pk}/", {"act": "throw", "csrfmiddlewaretoken": token})
    incoming.work_on.call(staged.pk)

    staged.refresh_from_db()
    assert (staged.state, staged.rows.count()) == ("thrown", 0)


def test_what_nobody_decides_about_is_thrown_away_after_a_while(staged):
    incoming.work_on.call(staged.pk)

    early = imports.tidy(timezone.now() + timedelta(days=6), incoming.KINDS)
    late = imports.tidy(timezone.now() + timedelta(days=8), incoming.KINDS)

    staged.refresh_from_db()
    assert (early, late, staged.state, staged.file.name) == (0, 1, "thrown", "")
    assert not StagedLine.objects.exists() and not StagedRow.objects.exists()


def test_a_file_is_kept_only_until_it_is_read(staged):
    path = Path(staged.file.path)
    before = path.exists()
    incoming.work_on.call(staged.pk)
    left_behind = path.exists()
    Staged.objects.update(file=staged.file.name)
    path.write_bytes(b"left by a killed process")

    imports.tidy(timezone.now() + timedelta(days=8), incoming.KINDS)

    assert (before, left_behind, path.exists()) == (True, False, False)


def test_who_lost_the_task_meanwhile_brings_nothing_in(staged, office):
    incoming.work_on.call(staged.pk)
    imports.bring_in(staged=staged, kind=KIND, by=office.actor(office.asn[0]))
    Task.objects.filter(work="fill").update(pegawai=office.asn[1])

    incoming.work_on.call(staged.pk)

    staged.refresh_from_db()
    assert (amounts(), staged.counts["rejected"]) == ([None] * 3, 3)
    assert office.asn[1].full_name in staged.rows.first().words


def test_a_job_whose_worker_died_is_done_by_the_next_one(committed_db, settings, small_steps, client_for):
    from tests.cast import build_office

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    office = build_office()
    page = send_table(client_for(office.admin), office, "unit", ("A", "Satu", "", ""))
    job = DBTaskResult.objects.get()
    job.claim("died")

    waiting = Staged.objects.get().state
    give_back_lost(timezone.now() + LEASE + timedelta(seconds=1))
    work()

    assert 'data-import="reading"' in page.text
    assert (waiting, Staged.objects.get().state) == ("reading", "ready")
