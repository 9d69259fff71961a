"""What of a signed document may be open to everybody.

Figures of units are released as they are. Figures of persons are internal: only how many people an indicator
covers and their average target, figure and achievement come out, without names, unit by unit. Where a unit has fewer
than five people the whole office is one group instead, and an office of fewer than five is suppressed, because a
member of a small group can work out the others.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext_noop as _

from runut.collection.rules import Achievement, average, level_of
from runut.lib.numbers import format_number, format_percent, printed_number, round_half_up

SMALLEST_GROUP = 5
# Written into the release, so in the language of the office.
WHOLE_OFFICE = _("Seluruh kantor")
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
    """Indicators of the same name and measure are one indicator, whoever they belong to."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((_plain(row["indicator"]), _plain(row["measure"])), []).append(row)
    return [line for _place, members in sorted(groups.items()) for line in _lines(members)]


def _lines(members: Sequence[Row]) -> list[ReleaseRow]:
    """A line for each unit if every one is large enough, else one for the whole office.

    Never both, and never some of the units: who knows the whole could subtract and read the small one.
    """
    units: dict[str, list[Row]] = {}
    for row in members:
        units.setdefault(str(row["unit"]), []).append(row)
    if all(_people(group) >= SMALLEST_GROUP for group in units.values()):
        return [_group(unit, group) for unit, group in sorted(units.items())]
    return [_group(WHOLE_OFFICE, members)]


def _group(unit: str, members: Sequence[Row]) -> ReleaseRow:
    indicator, measure = str(members[0]["indicator"]), str(members[0]["measure"])
    people = _people(members)
    if people < SMALLEST_GROUP:
        return ReleaseRow(unit, "", indicator, measure, "", "", "", "none", people=0, suppressed=True)
    counted = [row for row in members if row["percent"]]
    mean = average([_computed(Decimal(str(row["percent"]))) for row in counted])
    assert mean is not None, "a group that is shown has achievements"
    target, actual = _mean_of(counted, "target"), _mean_of(counted, "actual")
    return ReleaseRow(unit, "", indicator, measure, target, actual, format_percent(mean), level_of(mean), people=people)


def _mean_of(counted: Sequence[Row], name: str) -> str:
    """The average of what was printed of the same people; "" where for one of them it is no number."""
    amounts = [printed_number(str(row[name])) for row in counted]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        return ""
    return format_number(round_half_up(sum(known, Decimal(0)) / len(known), 2))


def _people(members: Sequence[Row]) -> int:
    """How many persons a group's average covers: those with a percentage, each once."""
    return len({row["member"] for row in members if row["percent"]})


def _plain(name: object) -> str:
    return " ".join(str(name).split()).casefold()


def _computed(percent: Decimal) -> Achievement:
    return Achievement(percent, "computed", "", level_of(percent))


def _place(row: Row) -> tuple[str, str, str, str]:
    return str(row["unit"]), str(row["sasaran"]), str(row["indicator"]), str(row["measure"])


def _marked(row: ReleaseRow, before: Mapping[tuple[str, str, str, str], Row]) -> ReleaseRow:
    """Say of a figure that it is not what an earlier release said."""
    was = before.get((row.unit, row.sasaran, row.indicator, row.measure))
    if was is None:
        return row
    # An older release said of people no more than their achievement.
    only_achieved = bool(row.people) and not was["actual"] and not was["target"]
    said = ("achievement",) if only_achieved else ("actual", "achievement", "target")
    changed = any(was[name] != getattr(row, name) for name in said)
    if not changed and not was.get("corrected"):
        return row
    return ReleaseRow(**{**asdict(row), "corrected": True})


def are_of_people(rows: Sequence[Row]) -> bool:
    """Whether the rows are averages of people, not figures of units."""
    return any(row["people"] or row["suppressed"] for row in rows)


def names_in(rows: Sequence[Mapping[str, object]], names: Sequence[str]) -> list[str]:
    """Names of persons that stand in what would become public, as words; publishing is refused while there are any."""
    text = "\n".join(str(value) for row in rows for value in row.values()).casefold().replace("\u00a0", " ")
    wanted = ((name, name.casefold().replace("\u00a0", " ")) for name in names if name)
    return [name for name, words in wanted if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
