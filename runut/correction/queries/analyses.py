"""What was written about the figures when they were examined, for whoever reads them later."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from runut.collection.models import Figure
from runut.correction.models import Analysis
from runut.correction.queries.items import subject_of
from runut.organisation.permissions import Actor

_SAYS_NOTHING = Q(text="", follow_up="")


def analyses_of(runs: Collection[int | None], actor: Actor) -> list[Analysis]:
    """What was written while these runs were examined, on figures that the person may see. One query."""
    seen = Exists(Figure.objects.visible_to(actor).filter(pk=OuterRef("figure")))
    rows = _rows().filter(seen, run__in=runs)
    return list(rows.order_by("figure__unit__code", "figure__pegawai__name", "figure__no", "pk"))


def analyses_of_figure(figure: Figure) -> list[Analysis]:
    """What was written about one figure, the latest last. One query."""
    return list(_rows().filter(figure=figure).order_by("pk"))


def analyses_in_words(rows: Iterable[Analysis]) -> str:
    """The analyses as paragraphs of a year's report, which is written in Indonesian; "" where there are none."""
    with translation.override("id"):
        parts = [_in_words(row) for row in rows]
        return "\n\n".join([_("Analisis tahun ini:"), *parts]) if parts else ""


def _rows() -> QuerySet[Analysis]:
    rows = Analysis.objects.exclude(_SAYS_NOTHING)
    return rows.select_related("figure__indicator", "figure__unit", "figure__pegawai", "run")


def _in_words(row: Analysis) -> str:
    told = [_ended(row.text)] if row.text else []
    told += [_("Tindak lanjut: %(words)s") % {"words": row.follow_up}] if row.follow_up else []
    return f"{row.figure.indicator.name} ({subject_of(row.figure)}): {' '.join(told)}"


def _ended(text: str) -> str:
    """A text after which another sentence may follow."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "…", ":", ";")) else f"{text}."
