import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.lib.errors import Refused
from runut.lib.states import check_move

MOVES = {"draft": {"submitted"}, "submitted": {"draft", "validated"}, "validated": set()}
STATES = st.sampled_from(["draft", "submitted", "validated", "unknown"])


def test_a_move_in_the_table_is_allowed():
    check_move(MOVES, "draft", "submitted", "Tidak bisa.")


def test_a_move_outside_the_table_is_refused_with_the_sentence():
    with pytest.raises(Refused) as refusal:
        check_move(MOVES, "validated", "draft", "Lembar ini sudah divalidasi.")

    assert refusal.value.sentence == "Lembar ini sudah divalidasi."


def test_a_state_the_table_does_not_know_allows_nothing():
    with pytest.raises(Refused):
        check_move(MOVES, "unknown", "draft", "Tidak bisa.")


def test_staying_is_a_move_like_any_other():
    with pytest.raises(Refused):
        check_move(MOVES, "draft", "draft", "Tidak bisa.")


@given(before=STATES, after=STATES)
def test_exactly_the_moves_of_the_table_pass(before, after):
    try:
        check_move(MOVES, before, after, "Tidak bisa.")
        passed = True
    except Refused:
        passed = False

    assert passed == (after in MOVES.get(before, set()))
