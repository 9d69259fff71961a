"""A page of a run says of which one: its procedure, its run, its step where there is a single one, and the state."""

import re

import pytest

from tests.access.addresses import Addresses

pytestmark = pytest.mark.django_db

OF_A_STEP = ("collection:line", "collection:print_sheet", "collection:sent")
OF_A_TASK = ("sop:hand_over", "sop:remind")
OF_A_RUN = (
    "collection:paper", "collection:withdraw_form", "collection:take_back", "sop:hold", "sop:cancel",
    "correction:minutes", "correction:task_minutes",
)  # fmt: skip


def page_of(access, browser_of, name):
    """The page as the first of the stage's people gets it who gets it at all."""
    address = Addresses(access).of(name)
    answers = (browser_of(person).get(address) for person in access.people.values())
    return next(answer.text for answer in answers if answer.status_code == 200)


def named(page, attribute):
    return re.findall(rf'<div class="flow"[^>]* data-{attribute}="([^"]+)"', page)


@pytest.mark.parametrize("name", (*OF_A_STEP, *OF_A_TASK, *OF_A_RUN))
def test_a_page_of_a_run_names_it(access, browser_of, name):
    page = page_of(access, browser_of, name)

    assert [len(named(page, attribute)) for attribute in ("sop", "run", "state")] == [1, 1, 1]
    step = [len(named(page, attribute)) for attribute in ("step", "task")]
    assert step == ([0, 0] if name in OF_A_RUN else [1, 1])
