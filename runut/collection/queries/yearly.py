"""Which run of an office writes the report of a year."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from runut.collection.models import Period
from runut.collection.queries.years import Quarter, later_quarters
from runut.organisation.models import Office
from runut.sop.models import HEAVY, Run, RunState, Sop, SopVersion, Task, TaskState, VersionState
from runut.sop.permissions import addressee
from runut.sop.queries import definition_of

WRITTEN = (TaskState.OPEN, TaskState.DONE)
OVER = (RunState.DONE, RunState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Early:
    """A report of the year that would begin before its later quarters are collected: these, and what follows."""

    quarters: tuple[Quarter, ...]
    words: str

    @property
    def reason(self) -> str:
        """Why it was begun all the same, where that was written before; else ""."""
        return next((quarter.reason for quarter in self.quarters if quarter.reason), "")


def report_early(run: Run) -> Early | None:
    """What the report of the year would go without if this run began it now; None where nothing is wanting."""
    period = Period.objects.filter(run=run).select_related("office").first()
    quarters = tuple(later_quarters(period)) if period else ()
    if period is None or not quarters:
        return None
    words = {"quarters": ", ".join(quarter.name for quarter in quarters)}
    begun = any(quarter.state != "missing" for quarter in quarters)
    missing = _("%(quarters)s belum selesai dikumpulkan.") if begun else _("%(quarters)s belum dikumpulkan.")
    report = period.office.terms.get("lkjip", "LKjIP")
    words |= {"missing": missing % words, "report": report, "year": str(period.year)}
    told = _(
        "%(missing)s %(report)s hanya satu untuk setahun: bila disusun sekarang, %(report)s tahun %(year)s tidak "
        "memuat %(quarters)s dan yang baru tidak dapat disusun."
    )
    return Early(quarters, told % words)


def report_taken(run: Run) -> str:
    """Why this run cannot begin the report of its year: another one of the office has it. "" when it is free.

    Of two that write it the first one has it; a cancelled one has given it up. Three queries, five when it is taken.
    """
    period = Period.objects.filter(run=run).first()
    if period is None:
        return ""
    own = Task.objects.filter(run=run, work="draft").order_by("pk").values_list("pk", flat=True).first()
    drafts = Task.objects.filter(work="draft", state__in=WRITTEN, run__period__year=period.year)
    others = drafts.filter(run__office=run.office_id).exclude(run=run).exclude(run__state=RunState.CANCELLED)
    others = others.filter(pk__lt=own) if own else others
    draft = others.select_related("run").defer(*(f"run__{name}" for name in HEAVY)).order_by("pk").first()
    return _words(run.office, period.year, draft) if draft else ""


def report_signed(office: Office, year: int) -> str:
    """That the office's report of a year is signed already, and in which run; else "". Two queries at most."""
    drafts = Task.objects.filter(work="draft", state__in=WRITTEN, run__period__year=year, run__office=office)
    rows = drafts.exclude(run__state=RunState.CANCELLED).select_related("run")
    draft = rows.defer(*(f"run__{name}" for name in HEAVY)).order_by("pk").first()
    return _words(office, year, draft) if draft and _is_signed(draft) else ""


def report_written(sop: Sop, year: int) -> str:
    """Why this procedure need not gather a year: it would write the report that is signed. "" where it may."""
    version = SopVersion.objects.filter(sop=sop, state=VersionState.IN_FORCE).first()
    writes = version is not None and any(step.work == "draft" for step in definition_of(version).steps)
    return report_signed(sop.office, year) if writes else ""


def reasons_closed(run: Run) -> str:
    """Why the reasons for a year's missing quarters are not written any more; "" while they are. Two queries."""
    drafts = Task.objects.filter(run=run.pk, work="draft", state__in=WRITTEN, branch__isnull=True)
    draft = drafts.select_related("run").defer(*(f"run__{name}" for name in HEAVY)).order_by("-pk").first()
    if draft is not None and _is_signed(draft):
        return _(
            "Laporan tahun ini sudah ditandatangani. Alasan tercetak di dalamnya seperti saat itu, tidak berubah lagi."
        )
    return _("SOP ini sudah berakhir, jadi alasannya tidak berubah lagi.") if run.state in OVER else ""


def _is_signed(draft: Task) -> bool:
    signed = Task.objects.filter(
        run=draft.run_id, branch__isnull=True, pk__gte=draft.pk, work="sign", state=TaskState.DONE
    )
    return draft.run.state == RunState.DONE or signed.exists()


def _words(office: Office, year: int, draft: Task) -> str:
    after = Task.objects.filter(run=draft.run_id, branch__isnull=True, pk__gte=draft.pk)
    words = {"report": office.terms.get("lkjip", "LKjIP"), "year": str(year), "title": draft.run.title}
    if _is_signed(draft):
        return (
            _(
                "%(report)s tahun %(year)s sudah ditandatangani dalam “%(title)s”. Setahun hanya ada satu; "
                "angka yang keliru diubah lewat Perbaikan."
            )
            % words
        )
    now = after.filter(state=TaskState.OPEN).select_related("jabatan", "pegawai").order_by("pk").first()
    words["who"] = addressee(now) if now else draft.done_title
    return (
        _(
            "%(report)s tahun %(year)s sedang disusun dalam “%(title)s”, sekarang pada %(who)s. "
            "Setahun hanya ada satu, jadi pengumpulan ini diakhiri tanpa laporan."
        )
        % words
    )
