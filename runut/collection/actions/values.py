"""Versions of a figure, and what is marked on them. Both are only ever added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection.models import JUDGED, Figure, Mark, MarkKind, Measure, Period, Sheet, Value
from runut.collection.rules import NO_PARTS, Parts
from runut.lib.errors import Refused
from runut.organisation.permissions import Actor

EvidenceItem = Mapping[str, int | str]


@transaction.atomic
def append_value(
    *,
    figure: Figure,
    by: Actor,
    amount: Decimal | None,
    text: str = "",
    measure: str = Measure.MEASURED,
    cause: str,
    reason: str,
    note: str = "",
    evidence: Sequence[EvidenceItem] | None = None,
    sheet: Sheet | None = None,
    parts: Parts = NO_PARTS,
) -> Value:
    """Add a version that supersedes the figure's current one; cause and reason are needed then.

    evidence None keeps that of the version before. parts: what the amount is worked out from.
    """
    figure = Figure.objects.select_for_update(of=("self",)).select_related("period", "indicator").get(pk=figure.pk)
    last = Value.objects.filter(figure=figure).order_by("-no").first()
    if last is not None and not (cause.strip() and reason.strip()):
        raise Refused(
            _("%(name)s: tulis penyebab kesalahan dan alasan perubahannya.") % {"name": figure.indicator.name},
            code="reason",
        )
    kept = list(last.evidence) if last else []
    value = Value(
        figure=figure, amount=amount, text=text, measure=measure, note=note, cause=cause, reason=reason, sheet=sheet,
        numerator=parts.numerator, denominator=parts.denominator,
        evidence=kept if evidence is None else [dict(item) for item in evidence],
    )  # fmt: skip
    _save_after(last, value, by)
    _record(last, value, by)
    return value


def _record(last: Value | None, value: Value, by: Actor) -> None:
    stream = (value.sheet or value.figure.period).audit_stream
    before = plain(last) if last else None
    record(
        "value.appended", subject=value, stream=stream, by=by, before=before, after=plain(value),
        reason=value.reason, at=value.at,
    )  # fmt: skip


def _save_after(last: Value | None, value: Value, by: Actor) -> None:
    """Give a version its place in the chain, its target, and who wrote it when."""
    figure, sheet = value.figure, value.sheet
    value.instansi_id, value.supersedes, value.no = figure.instansi_id, last, last.no + 1 if last else 1
    value.target, value.target_text = figure.target, figure.target_text
    value.round = sheet.round if sheet else 1
    value.at, value.by, value.by_title = timezone.now(), by.pegawai, by.title
    value.save(force_insert=True)


def plain(value: Value) -> dict[str, object]:
    """A version as the log keeps it."""
    parts = {} if value.parts.is_empty else {"numerator": value.numerator, "denominator": value.denominator}
    return {
        **parts,
        "figure": value.figure_id,
        "no": value.no,
        "amount": value.amount,
        "text": value.text,
        "measure": str(value.measure),
        "target": value.target,
        "target_text": value.target_text,
        "note": value.note,
        "cause": value.cause,
        "reason": value.reason,
        "evidence": [item["sha256"] or item["link"] for item in value.evidence],
    }


@transaction.atomic
def mark_values(*, values: Sequence[Value], kind: MarkKind, by: Actor, basis: str) -> list[Mark]:
    """Say of these versions that they were validated, signed, published or unsigned. One entry per period.

    basis: on the strength of what, in words (a sheet, a document and its version).
    """
    now = timezone.now()
    marks = Mark.objects.bulk_create(
        [
            Mark(instansi_id=v.instansi_id, value=v, kind=kind, at=now, by=by.pegawai, by_title=by.title, basis=basis)
            for v in values
        ],
        batch_size=500,
    )
    for period, ids in _by_period(values).items():
        record(f"values.{kind}", subject=period, by=by, after={"values": ids, "basis": basis}, at=now)
    return marks


def repeat_judgements(*, of: Value, on: Value, by: Actor) -> None:
    """Lay who validated and verified one version on a later one that says the same against the same target."""
    if (of.target, of.target_text) != (on.target, on.target_text):
        return
    for mark in Mark.objects.filter(value=of, kind__in=JUDGED).order_by("pk"):
        basis = _("Sama dengan versi %(no)s: %(basis)s") % {"no": of.no, "basis": mark.basis}
        said = Mark.objects.create(
            instansi_id=on.instansi_id, value=on, kind=mark.kind, at=on.at, by_id=mark.by_id, by_title=mark.by_title,
            basis=basis[:200],
        )  # fmt: skip
        after = {"values": [on.pk], "basis": said.basis}
        record(f"values.{mark.kind}", subject=on.figure.period, by=by, after=after, at=on.at)


def _by_period(values: Sequence[Value]) -> dict[Period, list[int]]:
    of_figure = dict(Figure.objects.filter(pk__in={v.figure_id for v in values}).values_list("pk", "period"))
    known = Period.objects.select_related("office").in_bulk(set(of_figure.values()))
    found: dict[Period, list[int]] = defaultdict(list)
    for value in values:
        found[known[of_figure[value.figure_id]]].append(value.pk)
    return dict(found)
