"""Every address of the product, and a thing for each to be about."""

from django.apps import apps
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from django.utils import timezone

from runut.documents.models import Dispatch, Document, RegisterEntry
from runut.organisation.models import Holiday, Leave, Season, Staged
from runut.planning.models import Registered
from runut.publication.models import Release

# Pages of a kind of work that are not called after it.
WORK = {
    "correction:report": "",
    "correction:task_minutes": "meet",
    "documents:refresh": "sign",
    "documents:sign_document": "sign",
    "publication:publish_document": "publish",
}


def patterns(resolver=None, space=""):
    """The names of all patterns, with their namespace, in the order of the rooms."""
    names = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            names += patterns(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            names.append(f"{space}{entry.name}")
    return names


def work_of(name):
    """The kind of work a page is for, by its name."""
    room, _colon, view = name.partition(":")
    return WORK.get(name, view if room in ("sop", "collection", "correction", "documents", "publication") else "")


class Addresses:
    """Where each pattern leads on this stage."""

    def __init__(self, access):
        office = access.play.built.office
        document = Document.objects.filter(run=access.personal).latest("pk")
        self.tasks, (holiday, season) = access.tasks, _days_off(office)
        self.queries = _queries(access)
        self.things = (
            _planned(office)
            | _of_people(access)
            | {
                "staged_id": _staged(office, access.people["admin"]).pk,
                "sop_id": access.play.stage.sops["inspektorat"].pk,
                "no": 1,
                "year": 2026,
                "quarter": 3,
                "document_id": document.pk,
                "dispatch_id": Dispatch.objects.latest("pk").pk,
                "entry_id": RegisterEntry.objects.filter(register="surat").latest("pk").pk,
                "page": "mengisi",
                "basis": "unit",
                "release_id": Release.objects.latest("pk").pk,
                "slug": office.slug,
                "office_id": office.pk,
                "jabatan_id": access.play.built.jobs["pel_pem"].pk,
                "unit_id": access.play.built.jobs["pel_pem"].unit_id,
                "holiday_id": holiday.pk,
                "season_id": season.pk,
            }
        )

    def of(self, name, **other):
        """The address of a pattern. A page of a kind of work is asked for with the open task of that kind."""
        wanted = _parameters(name)
        things = {**self.things, **other}
        if (work := work_of(name)) in self.tasks:
            things["task_id"] = self.tasks[work].pk
        address = reverse(name, kwargs={key: things[key] for key in wanted})
        return f"{address}?{self.queries[name]}" if name in self.queries else address


def _of_people(access):
    scan = access.past_scan
    return {
        "task_id": access.tasks["coordinate"].pk,
        "file_id": access.file.pk,
        "run_id": access.personal.pk,
        "sheet_id": access.sheet.pk,
        "line_id": access.evidence.line_id,
        "evidence_id": access.evidence.pk,
        "figure_id": access.figure.pk,
        "indicator_id": access.figure.indicator.indicator_id,
        "period_id": access.personal.period.pk,
        "paper_id": access.paper.pk,
        "past_id": scan.report_id,
        "scan_id": scan.pk,
        "report_id": access.report.pk,
        "case_id": access.personal_case.pk,
        "pegawai_id": access.owner.pk,
        "assignment_id": access.owner.assignments.get().pk,
        "leave_id": _leave_of(access.owner).pk,
        "subject_type": "collection.sheet",
        "subject_id": access.sheet.pk,
    }


def _leave_of(pegawai):
    return Leave.objects.create(
        instansi=pegawai.instansi, pegawai=pegawai, kind="annual", start="2027-06-01", end="2027-06-05"
    )


def _queries(access):
    return {
        "correction:report": f"figure={access.figure.pk}",
        "correction:open": f"run={access.personal.pk}",
        "documents:sign_document": f"task={access.tasks['sign'].pk}",
        "publication:publish_document": f"task={access.tasks['publish'].pk}",
    }


def _staged(office, by):
    return Staged.objects.create(
        instansi=office.instansi, office=office, kind="unit", name="unit.xlsx", state="ready", at=timezone.now(), by=by
    )


def _planned(office):
    plan = office.plans.latest("pk")
    row = Registered.objects.create(
        instansi=office.instansi, office=office, kind="iku", year=2026, last_year=2026, title="SK IKU",
        file=ContentFile(b"%PDF-1.4", name="sk.pdf"), file_name="sk.pdf", at=timezone.now(),
    )  # fmt: skip
    return {
        "plan_id": plan.pk, "kind": "sasaran", "node_id": plan.sasaran_set.latest("pk").pk, "registered_id": row.pk,
        "kegiatan_id": office.kegiatan_set.latest("pk").pk,
    }  # fmt: skip


def _days_off(office):
    holiday = Holiday.objects.create(
        instansi=office.instansi, office=office, day="2026-12-01", name="Libur", kind="daerah", source="SE"
    )
    return holiday, Season.objects.create(instansi=office.instansi, start="2027-02-08", end="2027-03-09", source="SE")


def _parameters(name):
    [[_pattern, parameters]] = _reversed(name)[0]
    return parameters


def numbers_of(name):
    """The parameters of a pattern that are numbers."""
    return [key for key, converter in _reversed(name)[3].items() if isinstance(converter, IntConverter)]


def subjects():
    """Everything that a log entry may be about."""
    rooms = (room for room in apps.get_app_configs() if room.name.startswith("runut."))
    return [model._meta.label_lower for room in rooms for model in room.get_models()]


def _reversed(name):
    space, _colon, view = name.rpartition(":")
    resolver = get_resolver()
    if space:
        _prefix, resolver = resolver.namespace_dict[space]
    return resolver.reverse_dict.getlist(view)[0]
