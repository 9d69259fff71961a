"""From an empty office to the first form sent, in six steps (menyiapkan kantor). What is done shows in the data itself,
so that the steps are saved as they are taken and can be taken by several people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from runut.collection.models import Delivery
from runut.organisation import permissions
from runut.organisation.models import Assignment, Holiday, Jabatan, JabatanKind, Office, Pegawai, Unit
from runut.organisation.queries import not_active
from runut.organisation.requests import OfficeRequest
from runut.planning.models import Indicator, Target
from runut.sop.models import Run, RunState, SopVersion, VersionState
from runut.sop.queries import what_begins
from runut.sop.queries.procedures import findings_of
from runut.sop.queries.ratifier import ratifier_of

# In the order of their letters the one in force comes last.
_USABLE = (VersionState.DRAFT, VersionState.IN_FORCE)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whether it is done, how far it is in words, and where one goes on; `table` is a second way."""

    title: str
    done: bool
    words: str
    url: str
    verb: str
    table: str = ""


@require_safe
def setup(request: OfficeRequest) -> HttpResponse:
    """How far each office is that the person looks after."""
    offices = Office.objects.filter(pk__in=permissions.offices_to_manage(request.actor)).order_by("name")
    today = timezone.localdate()
    found = []
    for office in offices:
        steps = list(steps_of(office, today))
        found.append((office, steps, sum(step.done for step in steps), next((s for s in steps if not s.done), None)))
    return render(request, "web/setup.html", {"offices": found})


def steps_of(office: Office, today: date) -> Iterator[Step]:
    """The six steps in their order. Twelve queries; some more while an SOP waits for its head or a run for a step."""
    yield _calendar(office, today)
    yield _structure(office)
    yield _people(office, today)
    yield _indicators(office, today)
    procedure = _procedure(office)
    yield procedure
    yield _first_form(office, may_begin=procedure.done)


def is_at_work(office: Office) -> bool:
    """Whether it ever started a procedure that was not cancelled. One query."""
    return Run.objects.filter(office=office).exclude(state=RunState.CANCELLED).exists()


def _calendar(office: Office, today: date) -> Step:
    days = Holiday.objects.filter(
        Q(office=office) | Q(office__isnull=True), instansi=office.instansi_id, day__year=today.year
    )
    count = days.count()
    words = _("%(n)s hari libur %(year)s tercatat.") % {"n": count, "year": today.year}
    return Step(
        _("Jam kerja dan hari libur"), count > 0, words if count else _("Hari libur tahun ini belum dicatat."),
        reverse("organisation:calendar"), _("Atur kalender"),
    )  # fmt: skip


def _structure(office: Office) -> Step:
    units = Unit.objects.filter(office=office, closed_on__isnull=True).count()
    posts = Jabatan.objects.filter(office=office, closed_on__isnull=True).exclude(kind=JabatanKind.ADMIN)
    count, headed = posts.count(), posts.filter(heads_office=True).exists()
    words = _("%(units)s unit, %(posts)s jabatan.") % {"units": units, "posts": count}
    if count and not headed:
        words += " " + _("Belum ada jabatan yang memimpin kantor.")
    return Step(
        _("Unit dan jabatan"), bool(units and headed), words, reverse("organisation:units"), _("Tambah unit"),
        reverse("web:import_table", args=[office.pk, "unit"]),
    )  # fmt: skip


def _people(office: Office, today: date) -> Step:
    people = Pegawai.objects.filter(office=office, left_on__isnull=True)
    count, silent = people.count(), not_active([office.pk]).count()
    held = Assignment.objects.in_force(today).filter(jabatan__office=office).values("jabatan")
    posts = Jabatan.objects.filter(office=office, closed_on__isnull=True).exclude(kind=JabatanKind.ADMIN)
    filled, vacant = posts.filter(pk__in=held).count(), posts.exclude(pk__in=held).count()
    words = _("%(n)s pegawai; %(vacant)s jabatan kosong; %(silent)s akun belum aktif.")
    where, label = reverse("organisation:people"), _("Cetak kode")
    if count and vacant:
        where, label = reverse("organisation:positions"), _("Isi jabatan")
    return Step(
        _("Pegawai dan akunnya"), filled > 0 and vacant == 0 and silent == 0,
        words % {"n": count, "vacant": vacant, "silent": silent}, where, label,
        reverse("web:import_table", args=[office.pk, "pegawai"]),
    )  # fmt: skip


def _indicators(office: Office, today: date) -> Step:
    mine = Indicator.objects.lasting(today).filter(office=office)
    count = mine.count()
    aimed = Target.objects.filter(indicator__in=mine, year=today.year).values("indicator").distinct().count()
    words = _("%(n)s indikator; %(aimed)s bertarget tahun %(year)s.")
    return Step(
        _("Indikator dan target"), count > 0 and aimed == count,
        words % {"n": count, "aimed": aimed, "year": today.year}, reverse("planning:indicators"),
        _("Tambah indikator"), reverse("web:import_table", args=[office.pk, "indikator"]),
    )  # fmt: skip


def _procedure(office: Office) -> Step:
    found = (
        SopVersion.objects.filter(sop__office=office, sop__category="collection", state__in=_USABLE)
        .select_related("sop__office")
        .defer("source")
        .order_by("-state", "sop__title")
        .first()
    )
    if found is None:
        words = _("Belum ada SOP pengumpulan yang berlaku.")
        return Step(_("SOP pengumpulan"), False, words, reverse("sop:library"), _("Pilih SOP"))
    title = {"title": found.sop.title}
    if found.state == VersionState.DRAFT:
        words = _("%(title)s masih draf. Atur perannya; sesudah itu pimpinan kantor mengesahkannya.") % title
        findings = findings_of(found)
        if not findings.faults and not findings.identity:
            ratifier = ratifier_of(office)
            words = _("%(title)s tinggal disahkan oleh %(who)s.") % {**title, "who": ratifier.who}
            words = f"{words} {ratifier.words}"
        return Step(_("SOP pengumpulan"), False, words, found.sop.get_absolute_url(), _("Buka draf SOP"))
    return Step(_("SOP pengumpulan"), True, _("Berlaku: %(title)s.") % title, reverse("sop:library"), _("Pilih SOP"))


def _first_form(office: Office, *, may_begin: bool) -> Step:
    """A run that was started and has sent nothing waits for somebody: who, says the step."""
    sent = Delivery.objects.filter(sheet__period__office=office).count()
    if may_begin and not sent:
        begun = Run.objects.filter(office=office, state=RunState.RUNNING, version__sop__category="collection")
        run = begun.order_by("pk").last()
        if run is not None:
            words = _("“%(title)s” sudah dimulai. %(next)s") % {"title": run.title, "next": what_begins(run)}
            return Step(_("Formulir pertama"), False, words.strip(), run.get_absolute_url(), _("Lihat jalannya SOP"))
    words = _("%(n)s formulir sudah dikirim.") % {"n": sent} if sent else _("Belum ada formulir yang dikirim.")
    return Step(_("Formulir pertama"), sent > 0, words, reverse("collection:start"), _("Buka periode"))
