"""By which acts forms are judged: what a run's procedure has, and what a form has behind it and before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter

from runut.collection.models import Sheet, SheetState
from runut.collection.rules.acts import NO_ACTS, VALIDATE, VERIFY, Acts, acts_of, judged_by
from runut.organisation.models import Pegawai
from runut.sop.models import Run
from runut.sop.queries import definition_of


def acts_of_run(run: Run | None) -> tuple[str, ...]:
    """Those by which its procedure judges figures, in its order. At most a query."""
    return acts_of(definition_of(run.version)) if run is not None else ()


def judgements_of(sheet: Sheet) -> list[tuple[str, datetime, Pegawai]]:
    """By whom a form was found right and when, with the words before the name; the earlier act first."""
    told = ((VALIDATE, sheet.validated_at, sheet.validated_by), (VERIFY, sheet.verified_at, sheet.verified_by))
    done = [(judged_by(act), at, by) for act, at, by in told if at is not None and by is not None]
    return sorted(done, key=itemgetter(1))


def acts_of_form(sheet: Sheet, of_run: Sequence[str] | None = None) -> Acts:
    """Of a form that was found right: by which acts it was, and which are still to come.

    of_run: those of its procedure, where they are known; else that takes two queries at most.
    """
    if sheet.state != SheetState.VALIDATED:
        return NO_ACTS
    asked = acts_of_run(sheet.run) if of_run is None else of_run
    return Acts(sheet.judged, tuple(act for act in asked if act not in sheet.judged))
