"""The board's working time: what the run was held does not count; the difference says against what it is counted."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from runut.lib.acts import ActInput, new_key
from runut.sop.actions import postpone
from runut.sop.actions.particulars import do
from tests.sop.procedures import open_task, start, straight


def _do(office, run, sid, person, **words):
    act = ActInput(new_key(), "complete", "", words.get("late_reason", ""), ())
    return do(task_id=open_task(run, sid).pk, by=office.actor(person), act=act, note="Sudah.")


def _hold(frozen_time, head, run, **how_long):
    """Held and let go on through the pages, by somebody who signs in each time."""
    head().post(f"/sop/jalan/{run.pk}/jeda/", {"reason": "Libur bersama."})
    frozen_time.shift(timedelta(**how_long))
    head().post(f"/sop/jalan/{run.pk}/lanjutkan/")


def _shown(page, sid):
    """A step's row on the board: (actual, difference)."""
    row = page.partition(f'data-step="{sid}"')[2].partition("</tr>")[0]
    actual = row.partition('data-label="Nyata">')[2].partition("</td>")[0]
    return actual, row.partition('data-label="Selisih"><span>')[2].partition("</span></td>")[0]


def _all_along(page):
    return page.partition("<dt>Sudah berjalan</dt><dd>")[2].partition("</dd>")[0]


def test_what_a_run_was_held_counts_neither_in_a_step_nor_in_the_whole(office, frozen_time, client_for):
    run, head = start(office), partial(client_for, office.camat)
    board, task = f"/sop/jalan/{run.pk}/", open_task(run, "langkah1")
    frozen_time.shift(timedelta(minutes=10))
    _hold(frozen_time, head, run, days=3)
    frozen_time.shift(timedelta(minutes=5))
    _hold(frozen_time, head, run, hours=2)
    frozen_time.shift(timedelta(minutes=5))

    running, own = head().get(board).text, client_for(office.staf).get(f"/tugas/{task.pk}/", follow=True).text
    _do(office, run, "langkah1", office.staf)
    done = head().get(board).text

    assert (_shown(running, "langkah1")[0], _all_along(running), _all_along(own)) == ("20 menit",) * 3
    assert _shown(done, "langkah1") == ("20 menit", "lebih cepat 40 menit")
    assert _all_along(done) == "20 menit"


def test_while_a_run_is_held_its_time_stands_still(office, frozen_time, client_for):
    run, head = start(office), partial(client_for, office.camat)
    frozen_time.shift(timedelta(minutes=10))
    head().post(f"/sop/jalan/{run.pk}/jeda/", {"reason": "Libur bersama."})
    frozen_time.shift(timedelta(days=3))

    page = head().get(f"/sop/jalan/{run.pk}/").text

    assert (_shown(page, "langkah1"), _all_along(page)) == (("10 menit", "–"), "10 menit")


def test_a_step_with_a_later_limit_is_compared_with_that_limit(office, frozen_time, client_for):
    run, head = start(office), partial(client_for, office.camat)
    task = open_task(run, "langkah1")
    postpone(task=task, by=office.actor(office.camat), due_at=task.due_at + timedelta(hours=3), reason="Ditunggu.")
    frozen_time.shift(timedelta(minutes=90))

    _do(office, run, "langkah1", office.staf)

    shown = _shown(head().get(f"/sop/jalan/{run.pk}/").text, "langkah1")
    assert shown == ("1 jam 30 menit", "1 jam 30 menit sebelum batas 3 Feb 2026, 13.00 WIB")


def test_a_step_that_missed_a_limit_that_was_set_names_it(office, frozen_time, client_for):
    run, head = start(office), partial(client_for, office.camat)
    task = open_task(run, "langkah1")
    postpone(task=task, by=office.actor(office.camat), due_at=task.due_at + timedelta(hours=1), reason="Ditunggu.")
    frozen_time.shift(timedelta(minutes=135))

    _do(office, run, "langkah1", office.staf, late_reason="Listrik padam.")

    page = head().get(f"/sop/jalan/{run.pk}/").text
    assert "lewat 15 menit dari batas 3 Feb 2026, 11.00 WIB" in _shown(page, "langkah1")[1]


def test_a_step_without_a_norm_is_compared_with_the_limit_it_had(office, frozen_time, client_for):
    first, *others = straight().steps
    run = start(office, replace(straight(), steps=(replace(first, norm=None), *others)))
    task, head = open_task(run, "langkah1"), partial(client_for, office.camat)
    at = task.opened_at + timedelta(hours=2)
    postpone(task=task, by=office.actor(office.camat), due_at=at, reason="Ditunggu.")
    frozen_time.shift(timedelta(minutes=30))

    _do(office, run, "langkah1", office.staf)

    shown = _shown(head().get(f"/sop/jalan/{run.pk}/").text, "langkah1")
    assert shown == ("30 menit", "1 jam 30 menit sebelum batas 3 Feb 2026, 11.00 WIB")


def test_a_cancelled_run_has_no_time_left(office, frozen_time, client_for):
    run, head = start(office), partial(client_for, office.camat)
    frozen_time.shift(timedelta(minutes=10))

    head().post(f"/sop/jalan/{run.pk}/batalkan/", {"reason": "Salah periode."})
    frozen_time.shift(timedelta(days=1))

    page = head().get(f"/sop/jalan/{run.pk}/").text
    assert (_shown(page, "langkah1"), _all_along(page)) == (("–", "–"), "10 menit")
    assert "sisa" not in page
