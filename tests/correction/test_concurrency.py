"""A case and its runs under two hands at once, on a database that really commits: no dead end, no lost figure."""

import pytest
from django.utils import timezone

from runut.correction import actions
from runut.correction.models import CorrectionItem
from runut.lib.errors import Refused
from runut.organisation.queries import local_day
from tests.cast import build_office
from tests.correction import builders
from tests.sop.play import open_task
from tests.sop.test_concurrency import at_once


@pytest.fixture
def world(committed_db):
    cast = build_office()
    units = cast.units[2:4]
    run = builders.signed(cast, units)
    a1, a2 = builders.figures(run, units[0])
    b1, b2 = builders.figures(run, units[1])
    case = builders.open_case(cast, run, {a1: "salah bulan", b1: "salah satuan"})
    return cast, case, (a2, b2)


def test_a_case_withdrawn_while_its_order_is_given_has_one_outcome(world):
    cast, case, _others = world
    task, by = open_task(case.run, "perintah"), cast.actor(cast.camat)

    at_once(
        [
            lambda: actions.withdraw_case(case=case, by=by, reason="Laporan keliru"),
            lambda: actions.give_order(task_id=task.pk, by=by, order=builders.order(cast)),
            lambda: actions.withdraw_case(case=case, by=by, reason="Laporan keliru"),
        ]
    )

    case.refresh_from_db()
    case.run.refresh_from_db()
    assert (case.closed_at is None, case.run.state) == (False, "cancelled")


def test_a_figure_added_while_the_plan_is_set_is_planned_or_refused(world):
    cast, case, others = world
    builders.give_order(cast, case.run)
    task, by = open_task(case.run, "rencana"), cast.actor(cast.kasubag)
    due = local_day(cast.office, timezone.now())
    entries = {
        item.pk: actions.PlanEntry(builders.head_of(cast, item.figure.unit).pk, due, "Rekap SIAK")
        for item in case.items.select_related("figure__unit")
    }

    answers = at_once(
        [
            lambda: actions.set_plan(task_id=task.pk, by=by, entries=entries),
            *(
                lambda pk=figure.pk: actions.add_items(case=case, by=cast.actor(cast.camat), items={pk: "keliru"})
                for figure in others
            ),
        ]
    )

    planned = not isinstance(answers[0], Refused)
    lost = CorrectionItem.objects.filter(correction=case, line__isnull=planned)
    assert not lost.exists()


def test_a_collection_goes_on_when_the_two_cases_it_waits_for_end_at_once(committed_db):
    cast = build_office()
    people = cast.asn[:2]
    run, sop = builders.validated(cast, people), builders.install(cast, "kintom")
    cases = [
        builders.open_case(cast, run, {builders.figures(run, one)[0]: "bukti tidak cocok"}, sop=sop) for one in people
    ]
    by = cast.actor(cast.camat)

    at_once([lambda case=case: actions.withdraw_case(case=case, by=by, reason="Laporan keliru") for case in cases])

    run.refresh_from_db()
    assert run.state == "running"


def test_a_case_that_ends_and_one_that_begins_on_its_figures_let_each_other_through(committed_db):
    cast = build_office()
    [person] = cast.asn[:1]
    run, sop = builders.validated(cast, [person]), builders.install(cast, "kintom")
    [first, second] = builders.figures(run, person)
    case = builders.open_case(cast, run, {first: "bukti tidak cocok"}, sop=sop)
    by = cast.actor(cast.camat)

    at_once(
        [
            lambda: actions.withdraw_case(case=case, by=by, reason="Laporan keliru"),
            lambda: builders.open_case(cast, run, {second: "salah bulan", first: "salah satuan"}, sop=sop),
        ]
    )

    run.refresh_from_db()
    case.refresh_from_db()
    assert case.closed_at is not None
    waits = case.source.corrections.filter(closed_at__isnull=True).exists()
    assert run.state == ("held" if waits else "running")
