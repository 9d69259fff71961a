"""The inbox: what stands in it, in which order, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runut.sop.actions import hold
from runut.sop.actions.clock import let_wait
from runut.sop.models import Task
from runut.sop.queries import inbox as queries
from runut.sop.queries import seats
from runut.sop.rules.kinds import verb_of
from tests.collection import builders
from tests.sop.procedures import fan_out, open_task, start


def _rows(office, person, after=""):
    box = queries.inbox(office.actor(person), after)
    return [*box.late, *box.soon, *box.later]


def _due(run, after):
    Task.objects.filter(run=run).update(due_at=timezone.now() + after if after is not None else None)


def test_late_comes_first_then_the_nearest_and_last_what_has_no_limit(office, frozen_time):
    times = {"nanti": timedelta(days=9), "tanpa batas": None, "lewat": timedelta(days=-2), "dekat": timedelta(hours=2)}
    for title, after in times.items():
        _due(start(office, title=title), after)

    box = queries.inbox(office.actor(office.staf))

    assert [row.sop_title for row in box.late] == ["lewat"]
    assert [row.sop_title for row in box.soon] == ["dekat"]
    assert [row.sop_title for row in box.later] == ["nanti", "tanpa batas"]


def test_a_row_says_verb_step_run_and_by_how_much_it_is_late(office, frozen_time):
    run = start(office)
    frozen_time.shift(timedelta(days=1))

    [row] = _rows(office, office.staf)

    assert (row.verb, row.title, row.sop_title) == ("Kerjakan", "Mengerjakan langkah1", run.title)
    assert (row.due_state, row.due_words) == ("late", "lewat 1 hari kerja")


def test_a_step_whose_time_has_not_begun_says_how_long_it_has_and_from_when(office, frozen_time, client_for):
    run = start(office)
    let_wait(run=run, work="do", waits=True, at=timezone.now())

    [own] = _rows(office, office.staf)
    [others] = queries.waiting_for(office.actor(office.camat))

    assert (own.due_at, own.due_words) == (None, "Waktu baku 1 jam, mulai dihitung saat giliran Anda.")
    assert others.due_words == "Waktu baku 1 jam, mulai dihitung saat gilirannya."
    assert "Tanpa batas waktu" not in client_for(office.staf).get("/tugas/").text


def test_only_a_step_that_the_procedure_gives_no_time_says_that_it_has_no_limit(office, frozen_time, client_for):
    start(office, fan_out(), members=office.asn[:2])

    assert "Tanpa batas waktu" in client_for(office.staf).get("/tugas/").text


def test_a_step_that_is_held_says_how_much_time_it_has_left(office, frozen_time, client_for):
    run = start(office)
    hold(run=run, by=office.actor(office.camat), reason="Menunggu data dari luar.")

    [row] = _rows(office, office.staf)

    assert row.due_words.startswith("dijeda, sisa ")
    assert "Tanpa batas waktu" not in client_for(office.staf).get("/tugas/").text


def test_a_step_that_is_held_says_why_by_whom_since_when_and_who_lets_it_go_on(office, frozen_time, client_for):
    run = start(office)
    task, since = open_task(run, "langkah1"), "Selasa, 3 Februari 2026 pukul 09.00 WIB"
    hold(run=run, by=office.actor(office.camat), reason="Menunggu data dari luar.")
    frozen_time.shift(timedelta(days=1))

    pages = [client_for(office.staf).get(url, follow=True).text for url in ("/tugas/", f"/tugas/{task.pk}/")]
    pages.append(client_for(office.staf).get(f"/sop/jalan/{run.pk}/").text)

    for page in pages:
        assert "SOP ini sedang dijeda: Menunggu data dari luar." in page
        assert f"Oleh Camat, {office.camat.full_name}, sejak {since}." in page
        assert "Yang dapat melanjutkan: pimpinan kantor atau admin kantor." in page


def test_a_returned_task_says_who_returned_it_at_which_step_and_when(office, frozen_time, client_for):
    run = start(office)
    staf, sekretaris = client_for(office.staf), client_for(office.sekretaris)
    staf.post(f"/tugas/{open_task(run, 'langkah1').pk}/kerjakan/", {"key": "k1", "act": "complete", "note": "Sudah."})
    said = {"key": "k2", "act": "return", "way": "langsung", "reason": "Belum ada tanggalnya."}
    sekretaris.post(f"/tugas/{open_task(run, 'langkah2').pk}/koordinasi/", said)
    frozen_time.shift(timedelta(hours=1))

    again = open_task(run, "langkah1")
    pages = [staf.get(url).text for url in ("/tugas/", f"/tugas/{again.pk}/kerjakan/")]

    who = f"Oleh {office.jabatan['sekretaris'].name}, {office.sekretaris.full_name}"
    for page in pages:
        assert f"{who} pada langkah 2, Selasa, 3 Februari 2026 pukul 09.00 WIB." in page
        assert "Belum ada tanggalnya." in page


def test_what_came_back_stands_before_what_is_as_urgent_and_is_mended(office, frozen_time, client_for):
    times = {"lewat": timedelta(days=-2), "biasa": timedelta(hours=1), "kembali": timedelta(hours=2), "nanti": None}
    for title, after in times.items():
        _due(start(office, title=title), after)
    Task.objects.filter(run__title="kembali").update(opened_by_return=True, return_reason="Belum lengkap.")

    page = client_for(office.staf).get("/tugas/").text

    rows = _rows(office, office.staf)
    assert [row.sop_title for row in rows] == ["lewat", "kembali", "biasa", "nanti"]
    assert [row.verb for row in rows] == ["Kerjakan", "Perbaiki", "Kerjakan", "Kerjakan"]
    assert page.index("lewat") < page.index("kembali") < page.index("biasa")
    assert f'aria-label="Perbaiki: {rows[1].title}"' in page


@pytest.mark.parametrize(
    ("work", "verb"),
    [("fill", "Perbaiki"), ("sign", "Tanda tangani dokumen"), ("review", "Periksa data kinerja")],
)
def test_who_judges_or_signs_again_mends_nothing(work, verb):
    assert verb_of(work, "", returned=True) == verb


def test_a_step_without_a_number_of_its_own_is_named_by_its_words(office, frozen_time, client_for):
    run = start(office)
    staf, sekretaris = client_for(office.staf), client_for(office.sekretaris)
    staf.post(f"/tugas/{open_task(run, 'langkah1').pk}/kerjakan/", {"key": "k1", "act": "complete", "note": "Sudah."})
    unprinted = open_task(run, "langkah2")
    unprinted.printed_no = ""
    unprinted.save(update_fields=["printed_no"])
    said = {"key": "k2", "act": "return", "way": "langsung", "reason": "Belum ada tanggalnya."}
    sekretaris.post(f"/tugas/{unprinted.pk}/koordinasi/", said)

    page = staf.get("/tugas/").text

    assert f"{office.sekretaris.full_name} pada langkah “{unprinted.text}”, Selasa, 3 Februari 2026" in page


def test_tasks_of_one_step_differ_by_whom_they_are_about_and_that_stands_first(office, frozen_time, client_for):
    kasi = office.kasi[0]
    person = office.asn_of(kasi)[0]
    run = builders.collection_of_people(office, [person])
    [own] = _rows(office, person)
    builders.fill_in(office, run, person)
    [about] = _rows(office, kasi)

    page = client_for(kasi).get("/tugas/").text

    assert (own.subject, own.leads) == (person.full_name, False)
    assert (about.subject, about.leads) == (person.full_name, True)
    assert f'<span class="task-subject">{person.full_name}</span>' in page
    assert f'aria-label="{about.verb}: {person.full_name}, {about.title}"' in page


def test_a_task_of_a_position_is_in_every_holders_inbox_and_of_a_person_in_nobody_elses(office, frozen_time):
    run = start(office, fan_out(), members=office.asn[:2])
    task = open_task(run, "bagi1")

    assert [row.pk for row in _rows(office, office.staf)] == [task.pk]
    assert _rows(office, office.asn[0]) == []

    task.pegawai = office.asn[0]
    task.save()

    assert [row.pk for row in _rows(office, office.asn[0])] == [task.pk]
    assert _rows(office, office.staf) == []


def test_pages_follow_each_other_without_gap_or_repetition(office, frozen_time):
    for number in range(45):
        _due(start(office, title=f"Urusan {number}"), timedelta(hours=number // 3) if number < 30 else None)

    seen, after = [], ""
    for _page in range(3):
        box = queries.inbox(office.actor(office.staf), after)
        seen += [row.pk for row in (*box.late, *box.soon, *box.later)]
        after = box.after

    assert len(seen) == len(set(seen)) == 45
    assert after == ""


@pytest.mark.parametrize("place", ["x", "_", "2026-99-99_4", "2026-01-01_4", "_" + "9" * 30, "' OR 1=1_3"])
def test_a_broken_place_is_the_beginning(office, frozen_time, place):
    start(office)

    assert len(_rows(office, office.staf, place)) == 1


def test_the_list_is_three_queries_however_long(office, frozen_time, client_for):
    counts = []
    for number in (1, 25):
        for _run in range(number):
            start(office)
        actor = office.actor(office.staf)
        queries.inbox(actor)
        with CaptureQueriesContext(connection) as queried:
            queries.inbox(actor)
        counts.append(len(queried))

    assert counts == [3, 3]


def test_each_seat_is_read_from_its_own_index(office, frozen_time):
    for number in range(60):
        start(office, title=f"Urusan {number}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            # With sixty rows any plan is cheap: ask for one that reads the order from an index.
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    statement, params = seats.statement(office.actor(office.staf), 21, "")

    with connection.cursor() as cursor:
        explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{explain} {statement}", params)
        plan = str(cursor.fetchall())

    assert "task_open_of_jabatan" in plan
    assert "task_open_of_pegawai" in plan
    assert "paraf_asked_again" in plan


def test_counting_stops_at_a_hundred(office, frozen_time):
    task = open_task(start(office), "langkah1")
    Task.objects.bulk_create(Task(**{**_values(task), "slot": number}) for number in range(1, queries.COUNTED + 20))

    assert queries.count_open(office.actor(office.staf)) == queries.COUNTED


def _values(task):
    return {field.attname: getattr(task, field.attname) for field in task._meta.concrete_fields if field.name != "id"}


def test_the_page_offers_the_task_and_says_when_there_is_none(office, frozen_time, client_for):
    run = start(office)
    task = open_task(run, "langkah1")

    page = client_for(office.staf).get("/tugas/").text

    assert f'href="/tugas/{task.pk}/"' in page and f'data-task="{task.pk}"' in page
    assert "Tidak ada tugas saat ini" in client_for(office.asn[0]).get("/tugas/").text


def test_what_others_have_to_do_is_one_row_per_step(office, frozen_time, client_for):
    run = start(office, fan_out(), members=office.asn[:5])
    task = open_task(run, "bagi1")
    client = client_for(office.staf)
    client.post(f"/tugas/{task.pk}/kerjakan/", {"key": "k1", "act": "complete", "note": "Terkirim."})

    [row] = queries.waiting_for(office.actor(office.staf))
    page = client.get("/tugas/menunggu/").text

    assert (row.title, row.waiting_for) == ("Mengerjakan isi2", "5 pelaksana")
    assert "menunggu 5 pelaksana" in page
    assert queries.waiting_for(office.actor(office.asn[7])) == []


def test_the_head_sees_what_the_office_waits_for(office, frozen_time):
    start(office)

    [row] = queries.waiting_for(office.actor(office.camat))

    assert row.waiting_for == "Pengelola Data"


def test_the_head_hands_on_from_the_list_what_the_office_waits_for(office, frozen_time, client_for):
    run = start(office)
    task = open_task(run, "langkah1")

    page = client_for(office.camat).get("/tugas/menunggu/").text

    assert f'href="/tugas/{task.pk}/alihkan/"' in page
    assert f'href="{run.get_absolute_url()}#langkah-langkah1"' in page
    assert 'id="langkah-langkah1"' in client_for(office.camat).get(run.get_absolute_url()).text


def test_what_is_paused_or_led_by_another_is_not_handed_on_from_the_list(office, frozen_time, client_for):
    run = start(office)
    staf = client_for(office.staf)
    task = open_task(run, "langkah1")
    staf.post(f"/tugas/{task.pk}/kerjakan/", {"key": "k1", "act": "complete", "note": "Terkirim."})
    of_staff = staf.get("/tugas/menunggu/").text
    hold(run=run, by=office.actor(office.camat), reason="Menunggu data pusat.")
    paused = client_for(office.camat).get("/tugas/menunggu/").text

    assert all("/sop/jalan/" in page and "/alihkan/" not in page for page in (of_staff, paused))


def test_a_step_that_several_have_leads_to_its_place_on_the_board(office, frozen_time, client_for):
    run = start(office, fan_out(), members=office.asn[:5])
    task = open_task(run, "bagi1")
    data = {"key": "k1", "act": "complete", "note": "Terkirim."}
    client_for(office.staf).post(f"/tugas/{task.pk}/kerjakan/", data)

    page = client_for(office.camat).get("/tugas/menunggu/").text

    # By its name, and to hand one of them on: which one, is chosen there.
    assert page.count(f'href="{run.get_absolute_url()}#langkah-isi2"') == 2 and "Alihkan" in page
    assert "/alihkan/" not in page
    assert client_for(office.camat).get(run.get_absolute_url()).text.count("/alihkan/") == 5


def test_what_is_done_stays_readable_with_time_and_title(office, frozen_time, client_for):
    task = open_task(start(office), "langkah1")
    client = client_for(office.staf)
    client.post(f"/tugas/{task.pk}/kerjakan/", {"key": "k1", "act": "complete", "note": "Selesai."})

    page = client.get("/tugas/selesai/").text

    assert "Mengerjakan langkah1" in page
    assert "Selasa, 3 Februari 2026 pukul 09.00 WIB" in page


@pytest.mark.parametrize(("tasks", "statements"), [(0, 5), (1, 7), (25, 7)])
def test_the_page_takes_as_many_statements_for_one_task_as_for_many(
    office, client_for, frozen_time, tasks, statements, django_assert_num_queries
):
    for number in range(tasks):
        start(office, title=f"Urusan {number}")
    browser = client_for(office.staf)
    browser.get("/tugas/")

    with django_assert_num_queries(statements):
        answer = browser.get("/tugas/")

    assert answer.text.count("Mengerjakan langkah1") >= min(tasks, 20)
