"""An office's procedures: the list, one version for reading, two versions side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from runut.organisation.models import Assignment, Jabatan
from runut.organisation.permissions import Actor
from runut.organisation.queries import holders, local_day
from runut.sop.models import LaneBinding, RunState, Sop, SopVersion, VersionState
from runut.sop.queries.definitions import definition_of
from runut.sop.rules.definition import ActorKind, Definition, EachKind, Lane
from runut.sop.rules.finding import Finding
from runut.sop.rules.lint import lint
from runut.sop.rules.lint.header import IDENTITY, identity_gaps
from runut.sop.rules.parse import content_hash, dump, load
from runut.sop.rules.places import place_of, with_numbers
from runut.sop.rules.soundness import check

PERSONS: dict[tuple[ActorKind, EachKind | None], Promise] = {
    ("superior", None): gettext_lazy("Atasan langsung tiap pegawai"),
    ("subject", "pegawai"): gettext_lazy("Setiap pegawai yang datanya dikumpulkan"),
    ("subject", "unit"): gettext_lazy("Kepala tiap unit yang datanya dikumpulkan"),
    ("subject", "stakeholder"): gettext_lazy("Pemangku kegiatan (PPTK)"),
    ("starter", None): gettext_lazy("Orang yang memulai SOP"),
}


VACANT = gettext_lazy(
    "Jabatan “%(post)s” belum ada pemangkunya. Tugasnya menunggu sampai pejabatnya, Plt., atau Plh. ditetapkan."
)


@dataclass(frozen=True, slots=True)
class LaneSeats:
    """A lane of a procedure as its office fills it. persons: who acts there instead of a position, in words."""

    lane: Lane
    seats: list[tuple[Jabatan, list[Assignment]]]
    persons: list[str]


def sops_of(actor: Actor) -> list[Sop]:
    """Procedures of the person's offices, each with `.kept` (its versions, latest first) and `.running`."""
    versions = SopVersion.objects.defer("definition", "source").order_by("-no")
    running = Count("versions__runs", filter=Q(versions__runs__state__in=(RunState.RUNNING, RunState.HELD)))
    sops = Sop.objects.filter(office__in=actor.office_ids).select_related("office").annotate(running=running)
    return list(sops.prefetch_related(Prefetch("versions", versions, to_attr="kept")).order_by("title", "pk"))


def sop_for_page(pk: int, actor: Actor) -> Sop:
    """The procedure, if the person works in its office; Sop.DoesNotExist otherwise."""
    return Sop.objects.select_related("office__instansi", "office__calendar").get(pk=pk, office__in=actor.office_ids)


def versions_of(sop: Sop) -> list[SopVersion]:
    """All versions, latest first, without their content."""
    return list(SopVersion.objects.filter(sop=sop).defer("definition", "source").order_by("-no"))


def version_shown(versions: Iterable[SopVersion], no: int | None) -> SopVersion | None:
    """The wanted version; without a wish the one in force, else the latest."""
    found = list(versions)
    if no is not None:
        return next((version for version in found if version.no == no), None)
    in_force = next((version for version in found if version.state == VersionState.IN_FORCE), None)
    return in_force or (found[0] if found else None)


def replaces_another(version: SopVersion) -> bool:
    """Whether putting this version in force retires another one."""
    return SopVersion.objects.filter(sop=version.sop_id, state=VersionState.IN_FORCE).exclude(pk=version.pk).exists()


@dataclass(frozen=True, slots=True)
class Said:
    """A finding as officers read it: `place` names the step by its number and text, "" above the flow."""

    level: str
    code: str
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What is said of a draft.

    soundness: whether it can run, with the lanes as they are bound now. identity: what is filled in when it is
    ratified, and not before that is it in force. slips: what the linter finds in its words.
    """

    soundness: list[Said]
    identity: list[Said]
    slips: list[Said]

    @property
    def faults(self) -> list[Said]:
        """What has to be put right elsewhere before anybody can ratify."""
        return [finding for finding in self.soundness if finding.level == "error"]

    @property
    def warnings(self) -> list[Said]:
        return [finding for finding in self.soundness if finding.level != "error"]


def findings_of(version: SopVersion) -> Findings:
    """What the soundness check and the linter say of a version. The day it takes effect is said when it is ratified."""
    definition = definition_of(version)
    bound: dict[str, list[int]] = defaultdict(list)
    for slot, jabatan in LaneBinding.objects.filter(sop=version.sop_id).values_list("slot", "jabatan"):
        bound[slot].append(jabatan)
    elsewhere = {*IDENTITY, "effective-missing"}
    posts = vacant_posts(version.sop, definition)
    vacant = [Finding("warning", "lane-vacant", "", str(VACANT) % {"post": post}) for post in posts]
    slips = [slip for slip in lint(definition, version.sop.office.name) if slip.code not in elsewhere]
    said = partial(_said, definition)
    return Findings(said([*check(definition, bound), *vacant]), said(identity_gaps(definition)), said(slips))


def _said(definition: Definition, findings: Iterable[Finding]) -> list[Said]:
    return [
        Said(one.level, one.code, place_of(definition, one.step), with_numbers(definition, one.message))
        for one in findings
    ]


def seats_of_sop(sop: Sop, definition: Definition) -> list[LaneSeats]:
    """Each lane with the positions bound to it and today's holders. Two queries."""
    bindings = LaneBinding.objects.filter(sop=sop).select_related("jabatan").order_by("pk")
    bound: dict[str, list[Jabatan]] = defaultdict(list)
    for binding in bindings:
        bound[binding.slot].append(binding.jabatan)
    held = holders([j.pk for rows in bound.values() for j in rows], local_day(sop.office, timezone.now()))
    return [
        LaneSeats(lane, [(j, held.get(j.pk, [])) for j in bound[lane.slot]], _persons(definition, lane))
        for lane in definition.lanes
    ]


def vacant_posts(sop: Sop, definition: Definition) -> list[str]:
    """Positions of its lanes that nobody holds today: there a run would stop. Two queries."""
    seats = [seat for row in seats_of_sop(sop, definition) for seat in row.seats]
    return list(dict.fromkeys(post.name for post, held in seats if not held))


def _persons(definition: Definition, lane: Lane) -> list[str]:
    """In words, who acts in the lane where no position does, but whoever a step finds."""
    steps = [step for step in definition.steps if lane.key in step.lanes]
    found = (PERSONS.get((step.actor.kind, step.each)) or PERSONS.get((step.actor.kind, None)) for step in steps)
    return list(dict.fromkeys(str(words) for words in found if words))


def as_file(version: SopVersion) -> str:
    """The file the version came from; where its content is another (the number was filled in), written anew."""
    if version.source and content_hash(load(version.source)) == version.content_hash:
        return version.source
    return dump(definition_of(version))
