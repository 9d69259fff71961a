"""One byte string for one value, so that a hash means the content and nothing else.

The form: JSON in UTF-8 without spaces, keys sorted by code point, non-ASCII text as it is. A Decimal is a
string without exponent and without zeros at the end (1.50 and 1.5 are one number, and databases differ in what
they give back); a date is ISO 8601; a moment is ISO 8601 in UTC, ending in +00:00. There are no floats: they
say 0.1 and mean something else.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

# Met most, asked first; heirs of theirs, as members of enumerations are, come to the same below.
_AS_JSON = frozenset({str, int, bool, type(None)})


def canonical_json(value: object) -> bytes:
    """The canonical bytes; TypeError or ValueError for what has no canonical form."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_hash(value: object) -> str:
    """SHA-256 of the canonical JSON, as 64 hex digits."""
    return sha256(canonical_json(value)).hexdigest()


def plain(value: object) -> object:
    """The value as JSON will give it back: numbers, dates and ids as the texts that the canonical form writes."""
    if type(value) in _AS_JSON:
        return value
    match value:
        case int() | str():
            return value
        case Decimal():
            return _decimal(value)
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return _mapping(value)
        case list() | tuple():
            return [item if type(item) in _AS_JSON else plain(item) for item in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")


def _mapping(value: Mapping[object, object]) -> dict[str, object]:
    """Keys are texts, or whole numbers as JSON writes them; two that come out alike are an error."""
    found: dict[str, object] = {}
    for key, item in value.items():
        name = key if type(key) is str else _name(key)
        if name in found:
            raise ValueError(f"two keys are both written {name}")
        found[name] = item if type(item) in _AS_JSON else plain(item)
    return found


def _name(key: object) -> str:
    if isinstance(key, bool) or not isinstance(key, str | int):
        raise TypeError(f"a key must be text or a whole number, not {type(key).__name__}")
    # A member of an enumeration stands for its value.
    return str.__str__(key) if isinstance(key, str) else int.__repr__(key)


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"{value} is not a number that can be reported")
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment needs its zone: pass an aware datetime")
    return value.astimezone(UTC).isoformat()
