"""Changing a row's fields, so that the log can say what they were."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from runut.lib.codes import coded, same_code
from runut.lib.errors import Refused

Row = TypeVar("Row", bound=models.Model)
Changes = Mapping[str, object]


def particulars(row: models.Model, fields: Collection[str]) -> dict[str, object]:
    """The fields as the log keeps them: related rows by their id."""
    return {field: getattr(row, row._meta.get_field(field).attname) for field in fields}  # type: ignore[union-attr]


def change(
    row: Row, changes: Changes, allowed: Collection[str], sentence: str
) -> tuple[dict[str, object], dict[str, object]]:
    """Write the changes and give what the changed fields were and are; the sentence says what is taken."""
    assert not set(changes) - set(allowed), f"not for change: {sorted(set(changes) - set(allowed))}"
    before = particulars(row, changes)
    for field, value in changes.items():
        setattr(row, field, value)
    after = particulars(row, changes)
    changed = [field for field in changes if before[field] != after[field]]
    if changed:
        save_once(row, sentence, update_fields=changed)
    return {field: before[field] for field in changed}, {field: after[field] for field in changed}


def check_code_free(among: models.QuerySet[Row], code: object, sentence: str, was: str = "") -> None:
    """Refused with the sentence where another of these has the code, whatever its capitals. was: the row's own."""
    assert isinstance(code, str)
    if not same_code(code, was) and coded(among, [code]).exists():
        raise Refused(sentence, code="taken")


def save_once(row: Row, sentence: str, update_fields: Collection[str] | None = None) -> Row:
    """Save; what the database holds to be taken already is refused with the sentence."""
    try:
        with transaction.atomic():
            row.save(force_insert=row.pk is None, update_fields=update_fields)
    except IntegrityError as error:
        raise Refused(sentence, code="taken") from error
    return row
