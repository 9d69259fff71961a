import json
from collections import OrderedDict
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.lib.canonical import canonical_json, content_hash

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40)
    | st.dates()
    | st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC))
    | st.uuids()
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12)


class Kind(StrEnum):
    DRAFT = "draft"


class Rank(IntEnum):
    FIRST = 1


def shuffled(value):
    """The same value with every mapping the other way round and every list as a tuple."""
    if isinstance(value, dict):
        return OrderedDict((key, shuffled(item)) for key, item in reversed(value.items()))
    if isinstance(value, list):
        return tuple(shuffled(item) for item in value)
    return value


def test_the_form_is_sorted_dense_and_plain():
    value = {"b": [1, True, None], "a": "Désa “x”", "é": date(2026, 11, 20), "Z": Decimal("1.50")}

    assert canonical_json(value) == '{"Z":"1.5","a":"Désa “x”","b":[1,true,null],"é":"2026-11-20"}'.encode()


def test_moments_are_in_utc():
    wib = timezone(timedelta(hours=7))

    assert canonical_json(datetime(2026, 11, 20, 16, tzinfo=wib)) == b'"2026-11-20T09:00:00+00:00"'


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.50", "1.5"), ("1E+3", "1000"), ("-0.00", "0"), ("100", "100"), ("1E-7", "0.0000001"), ("9" * 40, "9" * 40)],
)
def test_equal_decimals_are_one_text(value, text):
    assert json.loads(canonical_json(Decimal(value))) == text


def test_members_of_enumerations_stand_for_their_values():
    assert canonical_json({Kind.DRAFT: Kind.DRAFT, Rank.FIRST: Rank.FIRST}) == b'{"1":1,"draft":"draft"}'


def test_identifiers_are_text():
    assert canonical_json(UUID(int=1)) == b'"00000000-0000-0000-0000-000000000001"'


@pytest.mark.parametrize("value", [0.1, {1, 2}, b"x", object(), {None: 1}, {True: 1}, {"a": [0.5]}])
def test_what_has_no_canonical_form_is_an_error(value):
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize(
    "value", [Decimal("NaN"), Decimal("Infinity"), datetime(2026, 1, 1), {1: "a", "1": "b"}, "\ud800"]
)
def test_what_is_not_one_value_is_an_error(value):
    with pytest.raises(ValueError):
        canonical_json(value)


def test_a_hash_is_sixty_four_hex_digits_that_never_change():
    assert content_hash({"a": Decimal("94.50")}) == "2b139cdff76953e41382edbf196f2fb1e874684ba842018f3db4bc8a0f545d38"


@given(VALUES)
def test_order_and_kind_of_container_do_not_matter(value):
    assert canonical_json(shuffled(value)) == canonical_json(value)


@given(VALUES)
def test_what_was_written_and_read_back_has_the_same_form(value):
    assert canonical_json(json.loads(canonical_json(value))) == canonical_json(value)


@given(st.dictionaries(st.text(), st.integers()), st.text(), st.integers())
def test_a_changed_value_has_another_hash(value, key, number):
    changed = {**value, key: number}

    assert (content_hash(changed) == content_hash(value)) == (changed == value)
