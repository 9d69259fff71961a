"""Who judged the figures of a document by which act, for the acts that leave no paraf."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from runut.collection.models import JUDGED, Line, Mark
from runut.documents.rules.content import Content
from runut.sop.models import Run
from runut.sop.queries import definition_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """An act of judging one member's figures; kind: "validated" or "verified". who: as in office then."""

    kind: str
    who: str
    at: datetime


def judgements_in(run: Run, content: Content) -> dict[str, list[Judgement]]:
    """member -> the last time of each act on the versions that the document holds, the earlier act first.

    None where every form is initialled by whoever judges it: the parafs say it. At most one query.
    """
    if all(step.paraf for step in definition_of(run.version).steps if step.work == "review"):
        return {}
    holds = {int(row["value"]): str(row["member"]) for row in content["rows"]}
    # Of the whole run: naming a document's own thousands would take longer than reading them.
    figures = Line.objects.filter(sheet__run=run).values("figure")
    marks = Mark.objects.filter(value__figure__in=figures, kind__in=JUDGED).order_by("at", "pk")
    last: dict[str, dict[str, Judgement]] = defaultdict(dict)
    for value, kind, who, at in marks.values_list("value", "kind", "by_title", "at"):
        if (member := holds.get(value)) is not None:
            last[member][kind] = Judgement(kind, who, at)
    return {member: sorted(acts.values(), key=lambda each: each.at) for member, acts in last.items()}
