"""What counts as a case, an order, a meeting: values in, values out."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from runut.correction import rules
from runut.correction.rules import Content
from runut.lib.errors import Refused
from runut.sop.rules.parse import load
from tests.sop.play import LIBRARY

TODAY = date(2026, 3, 10)
OLD, NEW = Content(Decimal(97), "", "measured"), Content(Decimal(92), "", "measured")


@pytest.fixture(scope="module")
def written():
    """The procedures of the library, by code."""
    return {
        code: load((LIBRARY / f"{code}.yaml").read_text(), code) for code in ("ngoro", "sidoarjo", "kintom", "kemlagi")
    }


@pytest.mark.parametrize(
    ("states", "origin"),
    [
        ({"submitted"}, "submitted"),
        ({"submitted", "validated"}, "validated"),
        ({"signed", "published"}, "published"),
    ],
)
def test_the_origin_is_the_furthest_the_figures_had_come(states, origin):
    assert rules.origin_of(states) == origin


@pytest.mark.parametrize("states", [set(), {"draft"}, {"signed", "returned"}])
def test_what_its_filler_still_holds_is_no_case(states):
    with pytest.raises(Refused, match="belum diajukan"):
        rules.origin_of(states)


def test_data_nobody_validated_are_a_case_only_when_their_run_is_over():
    rules.check_is_a_case("submitted", under_way=False)

    with pytest.raises(Refused, match="belum diperiksa"):
        rules.check_is_a_case("submitted", under_way=True)


def test_an_order_of_today_needs_no_reason():
    rules.check_order_day(TODAY, TODAY, "")

    with pytest.raises(Refused, match="alasan tanggal mundur"):
        rules.check_order_day(TODAY - timedelta(days=1), TODAY, "  ")


def test_a_meeting_was_held_with_its_leader_and_somebody_else():
    now = datetime(2026, 3, 10, 9, tzinfo=UTC)
    rules.check_meeting_time(now, now)
    rules.check_present({1, 2}, 1)

    for present, leader in (({2, 3}, 1), ({1}, 1)):
        with pytest.raises(Refused):
            rules.check_present(present, leader)


def test_a_decision_names_the_content_that_holds():
    other = Content(None, "BB", "measured")

    assert rules.content_decided("old", OLD, NEW, None) == OLD
    assert rules.content_decided("new", OLD, NEW, None) == NEW
    assert rules.content_decided("other", OLD, NEW, other) == other
    with pytest.raises(Refused, match="Belum ada usulan"):
        rules.content_decided("new", OLD, None, None)


def test_a_plan_ahead_asks_for_a_team_and_makes_the_forms_itself(written):
    found = {code: (_order(d), d) for code, d in written.items()}

    assert {code: rules.needs_team(d, step) for code, (step, d) in found.items()} == {
        "ngoro": True, "sidoarjo": True, "kintom": False, "kemlagi": False,
    }  # fmt: skip
    assert {code: rules.makes_sheets(d, step) for code, (step, d) in found.items()} == {
        "ngoro": False, "sidoarjo": False, "kintom": True, "kemlagi": False,
    }  # fmt: skip


def test_a_repair_fans_out_as_its_procedure_says(written):
    assert rules.repair_each(written["ngoro"]) == "stakeholder"
    assert rules.repair_each(written["kintom"]) == "pegawai"
    assert rules.next_lanes(written["kintom"], _order(written["kintom"])) == ["Sekretaris"]


def _order(definition):
    return next(step for step in definition.steps if step.work == "instruct")


def test_a_long_name_does_not_burst_the_title_of_a_case():
    title = rules.case_title("PD-2026-001", "Triwulan I 2026", ["Persentase " * 30], personal=False)

    assert len(title) <= 200 and title.startswith("Perbaikan data kinerja Triwulan I 2026, PD-2026-001: Persentase")
