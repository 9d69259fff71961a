"""What of a signed document may be open to everybody.

Figures of units are released as they are. Figures of persons are internal: only how many people a unit's
indicator covers and their average achievement come out, without names, and groups of fewer than five are
suppressed, because a member of a small group can work out the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Literal

from runut.collection.rules import Achievement, average, level_of
from runut.lib.numbers import format_percent

SMALLEST_GROUP = 5
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A line of a release, as text. `people` is 0 for a unit's own figure; `suppressed` hides a small group."""

    unit: str
    sasaran: str
    indicator: str
    measure: str
    target: str
    actual: str
    achievement: str
    level: str
    people: int = 0
    suppressed: bool = False
    corrected: bool = False


def release_rows(
    rows: Sequence[Row], basis: Literal["unit", "pegawai"] | str, earlier: Sequence[Row] = ()
) -> list[dict[str, object]]:
    """The rows to release, from the rows of a document. `earlier`: those of the release that it replaces."""
    made = _of_units(rows) if basis == "unit" else _of_people(rows)
    before = {_place(row): row for row in earlier}
    return [asdict(_marked(row, before)) for row in made]


def _of_units(rows: Sequence[Row]) -> list[ReleaseRow]:
    return [
        ReleaseRow(
            unit=str(row["unit"] or row["subject"]),
            sasaran=str(row["sasaran"]),
            indicator=str(row["indicator"]),
            measure=str(row["measure"]),
            target=str(row["target"]),
            actual=str(row["actual"]),
            achievement=str(row["achievement"]),
            level=str(row["level"]),
        )
        for row in rows
    ]


def _of_people(rows: Sequence[Row]) -> list[ReleaseRow]:
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((str(row["unit"]), str(row["indicator"]), str(row["measure"])), []).append(row)
    return [_group(place, members) for place, members in sorted(groups.items())]


def _group(place: tuple[str, str, str], members: Sequence[Row]) -> ReleaseRow:
    unit, indicator, measure = place
    counted = [row for row in members if row["percent"]]
    people = len({row["member"] for row in counted})
    if people < SMALLEST_GROUP:
        return ReleaseRow(unit, "", indicator, measure, "", "", "", "none", people=0, suppressed=True)
    mean = average([_computed(Decimal(str(row["percent"]))) for row in counted])
    assert mean is not None, "a group that is shown has achievements"
    return ReleaseRow(unit, "", indicator, measure, "", "", format_percent(mean), level_of(mean), people=people)


def _computed(percent: Decimal) -> Achievement:
    return Achievement(percent, "computed", "", level_of(percent), "")


def _place(row: Row) -> tuple[str, str, str]:
    return str(row["unit"]), str(row["sasaran"]), str(row["indicator"])


def _marked(row: ReleaseRow, before: Mapping[tuple[str, str, str], Row]) -> ReleaseRow:
    """Say of a figure that it is not what an earlier release said."""
    was = before.get((row.unit, row.sasaran, row.indicator))
    if was is None:
        return row
    changed = (was["actual"], was["achievement"], was["target"]) != (row.actual, row.achievement, row.target)
    if not changed and not was.get("corrected"):
        return row
    return ReleaseRow(**{**asdict(row), "corrected": True})


def names_in(rows: Sequence[Mapping[str, object]], names: Sequence[str]) -> list[str]:
    """Names of persons that stand in what would become public; publishing is refused while there are any."""
    text = "\n".join(str(value) for row in rows for value in row.values()).casefold()
    return [name for name in names if name and name.casefold() in text]
