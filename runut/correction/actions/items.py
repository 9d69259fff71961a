"""Which figures a case is about. They may change until the correction is ordered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection.models import Basis, Figure, Line, Period, Value
from runut.collection.queries import current_values
from runut.correction import permissions
from runut.correction.models import Correction, CorrectionItem, ErrorReport, ReportState
from runut.correction.queries import case_of_figure, open_reports, repairers_of
from runut.correction.rules import case_title
from runut.lib.dates import period_words
from runut.lib.errors import Refused, Stale
from runut.organisation.permissions import Actor
from runut.sop.actions import set_scope
from runut.sop.actions.run import retitle
from runut.sop.models import Run
from runut.sop.rules.definition import EachKind


@transaction.atomic
def add_items(*, case: Correction, by: Actor, items: Mapping[int, str]) -> list[CorrectionItem]:
    """Put more figures of the source into a case that was not ordered yet: figure id -> what is wrong."""
    case = locked_case(case)
    actor = permissions.check_can_change_items(by, case.source, case.run)
    check_not_ordered(case)
    made = put_items(case, actor, items)
    name_run(case, actor)
    return made


@transaction.atomic
def remove_item(*, item: CorrectionItem, by: Actor, reason: str = "") -> None:
    """Take a figure out of a case that was not ordered yet. The last one stays: a case is about something."""
    case = locked_case(item.correction)
    actor = permissions.check_can_change_items(by, case.source, case.run)
    check_not_ordered(case)
    if not CorrectionItem.objects.filter(pk=item.pk).exists():
        raise Stale(_("Angka ini sudah dikeluarkan dari perbaikan. Muat ulang halaman."))
    if not CorrectionItem.objects.filter(correction=case).exclude(pk=item.pk).exists():
        raise Refused(_("Perbaikan memuat paling sedikit satu angka. Bila tidak ada yang keliru, batalkan perbaikan."))
    take_out(case, actor, [item], reason)
    name_run(case, actor)


def title_of(source: Period, code: str, figures: Sequence[Figure]) -> str:
    """What the run of a case on these figures is called; each comes with its indicator. `source` has its office."""
    period = period_words(source.year, source.quarter, source.office.terms)
    return case_title(code, period, [f.indicator.name for f in figures], personal=source.basis == Basis.PEGAWAI)


def name_run(case: Correction, by: Actor) -> None:
    """Call the case's own run by what the case is about now. One that goes back to its own forms keeps its name."""
    if case.run_id != case.source.run_id:
        rows = CorrectionItem.objects.filter(correction=case).select_related("figure__indicator").order_by("pk")
        retitle(run=case.run, title=title_of(case.source, case.code, [row.figure for row in rows]), by=by)


def locked_case(case: Correction) -> Correction:
    """The case, locked. An act of its run locks the run and then the case; so does everybody."""
    Run.objects.select_for_update(of=("self",)).only("pk").get(pk=case.run_id)
    rows = Correction.objects.select_for_update(of=("self",))
    case = rows.select_related("run__version", "run__office", "source__run__version", "source__office").get(pk=case.pk)
    lock_held(case)
    if case.closed_at is not None:
        raise Stale(_("Perbaikan %(code)s sudah ditutup.") % {"code": case.code})
    return case


def lock_held(case: Correction) -> None:
    """Lock the run that waits for the case, before any figure: whoever opens a case on it locks them in this order."""
    if case.holds_source:
        Run.objects.select_for_update(of=("self",)).only("pk").get(pk=case.source.collected_by.pk)


def check_not_ordered(case: Correction) -> None:
    """Raise Stale once the forms for the repair exist: somebody may be at work on them."""
    if Line.objects.filter(sheet__run=case.run, figure__correction_items__correction=case).exists():
        raise Stale(_("Perbaikan ini sudah berjalan, jadi daftar angkanya tidak dapat diubah lagi."))


def put_items(case: Correction, by: Actor, items: Mapping[int, str]) -> list[CorrectionItem]:
    """The rows, with the version that is wrong now; open reports on the same figures are answered by this case."""
    figures = figures_to_correct(case.source_id, items)
    current, reports = current_values(list(figures.values())), open_reports(list(figures))
    made = CorrectionItem.objects.bulk_create(
        [_item(case, figure, current[pk], items[pk], reports.get(pk, [])) for pk, figure in figures.items()]
    )
    _accept([report for pk in figures for report in reports.get(pk, [])], by)
    record(
        "correction.items_added",
        subject=case,
        by=by,
        after={"items": [[i.figure_id, i.before_id, i.what] for i in made]},
    )
    return made


def _item(case: Correction, figure: Figure, before: Value, what: str, reports: Sequence[ErrorReport]) -> CorrectionItem:
    return CorrectionItem(
        instansi_id=case.instansi_id,
        correction=case,
        figure=figure,
        before=before,
        what=what.strip(),
        report=reports[0] if reports else None,
    )


def _accept(reports: Sequence[ErrorReport], by: Actor) -> None:
    for report in reports:
        report.state, report.decided_at, report.decided_title = ReportState.ACCEPTED, timezone.now(), by.title
        report.save(update_fields=["state", "decided_at", "decided_title"])
        record("error.accepted", subject=report, by=by, after={"state": report.state})


def figures_to_correct(source_id: int, items: Mapping[int, str]) -> dict[int, Figure]:
    """The figures, locked, when each was handed in, says what is wrong, and is in no other open case."""
    if not items:
        raise Refused(_("Pilih paling sedikit satu angka yang keliru."), code="items")
    rows = Figure.objects.select_for_update(of=("self",)).filter(pk__in=list(items), period=source_id)
    figures = {f.pk: f for f in rows.select_related("indicator__indicator", "unit", "pegawai").order_by("no", "pk")}
    if len(figures) != len(items):
        raise Refused(_("Ada angka yang bukan bagian dari periode ini. Muat ulang halaman, lalu pilih lagi."))
    current, cases = current_values(list(figures.values())), case_of_figure(figures.keys())
    for pk, figure in figures.items():
        name = figure.indicator.name
        if pk not in current:
            raise Refused(_("“%(name)s” belum diajukan, jadi belum perlu diperbaiki.") % {"name": name})
        if not items[pk].strip():
            raise Refused(_("“%(name)s”: tulis apa yang keliru.") % {"name": name}, code="what")
        if pk in cases:
            raise Refused(
                _("“%(name)s” sedang diperbaiki dalam %(code)s. Selesaikan dulu perbaikan itu di halaman Perbaikan.")
                % {"name": name, "code": cases[pk].code},
                code="conflict",
            )
    return figures


def take_out(case: Correction, by: Actor, items: Collection[CorrectionItem], reason: str) -> None:
    gone = [[item.figure_id, item.before_id, item.what] for item in items]
    reports = ErrorReport.objects.filter(
        figure__in=[i.figure_id for i in items], state=ReportState.ACCEPTED, items__correction=case
    )
    waiting = list(reports.values_list("pk", flat=True))
    CorrectionItem.objects.filter(pk__in=[item.pk for item in items]).delete()
    ErrorReport.objects.filter(pk__in=waiting).update(state=ReportState.OPEN, decided_at=None, decided_title="")
    record("correction.items_removed", subject=case, by=by, before={"items": gone}, reason=reason)


def required_repairers(figures: Sequence[Figure], each: EachKind, on: date) -> dict[int, list[int]]:
    """Whom each repair may be given to; Refused with the figures that nobody answers for."""
    found = repairers_of(figures, each, on)
    alone = dict.fromkeys(figure.indicator.name for figure in figures if figure.pk not in found)
    if alone:
        raise Refused(_NOBODY[each]() % {"name": "”, “".join(alone)})
    return found


_NOBODY = {
    "stakeholder": lambda: _(
        "Belum ada PPTK yang menangani indikator “%(name)s”. Tetapkan kegiatan dan PPTK-nya di Pengaturan, lalu ulangi."
    ),
    "pegawai": lambda: _(
        "Belum ada pegawai yang dapat memperbaiki “%(name)s”: kepala unitnya kosong. Isi jabatannya, lalu ulangi."
    ),
    "unit": lambda: _("“%(name)s” adalah data pegawai. Pakai SOP perbaikan per pegawai atau per pemangku kegiatan."),
}


def scope_to(
    run: Run,
    each: EachKind,
    repairers: Mapping[int, Sequence[int]],
    dues: Mapping[int, datetime] | None = None,
) -> list[int]:
    """Let the run fan out over everybody who answers for one of the figures; their ids. dues: by when, by id."""
    members = list(dict.fromkeys(pk for found in repairers.values() for pk in found))
    set_scope(run=run, each=each, members=members, own_dues=dues)
    return members
