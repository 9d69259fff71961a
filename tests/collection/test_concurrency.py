"""Two runs that come for the same period at once, on a database that really commits."""

import pytest

from runut.collection.models import Period
from runut.lib.errors import Refused
from tests.cast import build_office
from tests.collection import builders
from tests.sop.test_concurrency import at_once


@pytest.fixture
def cast(committed_db):
    return build_office()


def test_a_period_is_opened_by_one_of_two_runs_and_the_other_is_told(cast):
    people = cast.asn_of(cast.kasi[0])[:1]
    builders.give_indicators(cast, people=people)
    runs = [builders.start(cast), *(builders.start_again(cast) for _more in range(2))]

    answers = at_once([lambda run=run: builders.prepare(cast, run, people) for run in runs])

    refusals = [answer for answer in answers if isinstance(answer, Refused)]
    assert Period.objects.count() == 1
    assert [refusal.code for refusal in refusals] == ["duplicate"] * 2
