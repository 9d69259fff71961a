"""What every page knows: who looks, in which office, and where one can go."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from runut.correction.queries import open_reports_for
from runut.organisation.models import User
from runut.organisation.permissions import Actor
from runut.web.navigation import menu

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
    """pegawai, titles, office, nav, terms, text_size, contrast for the signed-in; demo for everybody."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not isinstance(request.user, User):
        return {"demo": settings.DEMO, "terms": TERMS}
    office = actor.pegawai.office
    return {
        "demo": settings.DEMO,
        "pegawai": actor.pegawai,
        "titles": [held.title for held in actor.assignments],
        "office": office,
        "nav": menu(actor, request.path, {REPORTS: open_reports_for(actor)}) if actor.assignments else [],
        "terms": {**TERMS, **office.terms},
        "text_size": request.user.text_size,
        "contrast": "high" if request.user.high_contrast else "normal",
    }
