"""What one step costs: how many statements, through which index, and what saves it one."""

import re
from itertools import pairwise

from django.db import connection, transaction

from runut.audit.actions import record
from runut.audit.models import Entry
from runut.sop import actions
from runut.sop.models import Task
from tests.sop.play import act, open_task
from tests.sop.procedures import start


def test_a_linear_step_costs_at_most_twelve_statements(office, frozen_time, client_for, django_assert_max_num_queries):
    run = start(office)
    task = open_task(run, "langkah1")
    by = office.actor(office.staf)
    client_for(office.staf).get(f"/tugas/{task.pk}/", follow=True)  # the process now knows procedure and calendar

    # The two more are the savepoint that the test's own transaction makes of the action's.
    with django_assert_max_num_queries(14):
        act(task, by, key="sekali")


def test_the_tasks_of_one_member_are_found_without_going_through_those_of_all(office, frozen_time):
    siblings = Task.objects.filter(run=start(office), branch=1)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # With so few rows any plan is cheap, and any index as good as the other: let it take them for many.
            cursor.execute("UPDATE pg_class SET reltuples = 1000000, relpages = 1 WHERE relname = 'sop_task'")

    plan = siblings.explain()
    assert "task_of_member" in plan
    assert re.search(r"run_id ?= ?\S+ AND \(?branch_id", plan), plan


def test_what_else_is_logged_meanwhile_is_chained_in_its_order(office, frozen_time):
    run = start(office)
    task = open_task(run, "langkah1")
    with transaction.atomic():
        under_way = actions.begin(task_id=task.pk, by=office.actor(office.staf))
        record("task.noted", subject=task, stream=run.audit_stream, by=office.actor(office.staf))
        actions.complete(under_way)

    logged = list(Entry.objects.filter(stream=run.audit_stream).order_by("seq"))
    assert [entry.event for entry in logged][-2:] == ["task.noted", "task.completed"]
    assert all(later.prev_hash == earlier.hash for earlier, later in pairwise(logged))
