"""What every page knows: who looks, in which office, and where one can go."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from runut.correction.queries import open_reports_for
from runut.organisation.models import AssignmentKind, User
from runut.organisation.permissions import Actor, managed_office_ids
from runut.web.navigation import menu
from runut.web.setup import is_at_work, steps_of

# Where reports of errors are looked at.
REPORTS = "/perbaikan/"
# Words that offices write differently. An office's own `terms` replace them.
TERMS = {
    "triwulan": _("Triwulan"),
    "lkjip": _("LKjIP"),
    "sekretaris": _("Sekretaris"),
    "data_kinerja": _("Data Kinerja"),
}


def shell(request: HttpRequest) -> dict[str, object]:
    """pegawai, titles, acts_as, office, nav, terms, text_size, contrast for the signed-in; demo for everybody.

    setup_open: steps done and of how many, for whoever looks after an office that is not at work; only then asked.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not isinstance(request.user, User):
        return {"demo": settings.DEMO, "terms": TERMS}
    office = actor.pegawai.office
    return {
        "demo": settings.DEMO,
        "pegawai": actor.pegawai,
        "titles": [held.title for held in actor.assignments],
        "acts_as": _acts_as(actor),
        "office": office,
        "nav": menu(actor, request.path, {REPORTS: open_reports_for(actor)}) if actor.assignments else [],
        "setup_open": SimpleLazyObject(lambda: _setup_open(actor)),
        "terms": {**TERMS, **office.terms},
        "text_size": request.user.text_size,
        "contrast": "high" if request.user.high_contrast else "normal",
    }


def _setup_open(actor: Actor) -> tuple[int, ...]:
    """How many steps of setting up the office are done, and of how many; () when all are, or it is not the person's.

    An office that ever began to work is set up: what it lacks since, such as an account of somebody new, is not why
    there is no task.
    """
    office = actor.pegawai.office
    if office.pk not in managed_office_ids(actor) or is_at_work(office):
        return ()
    steps = [step.done for step in steps_of(office, timezone.localdate())]
    return () if all(steps) else (sum(steps), len(steps))


def _acts_as(actor: Actor) -> list[str]:
    """What stands beside the name on every page: the person's position, and those in which the person stands in."""
    first, *others = actor.assignments or (None,)
    acting = [held for held in others if held is not None and held.kind != AssignmentKind.DEFINITIF]
    return [held.title for held in (first, *acting) if held is not None]
