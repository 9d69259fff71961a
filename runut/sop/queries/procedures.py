"""An office's procedures: the list, one version for reading, two versions side by side."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from runut.lib.dates import quarter_name
from runut.organisation.models import Assignment, Jabatan, Office
from runut.organisation.permissions import Actor
from runut.organisation.queries import holders, local_day
from runut.sop.models import LaneBinding, RunState, Sop, SopVersion, VersionState
from runut.sop.queries.definitions import definition_of
from runut.sop.rules.definition import Definition
from runut.sop.rules.finding import Finding
from runut.sop.rules.lint import lint
from runut.sop.rules.parse import dump
from runut.sop.rules.soundness import check


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of the comparison: kept, gone or new; "gap" stands for lines left out."""

    kind: str
    text: str


def sops_of(actor: Actor) -> list[Sop]:
    """Procedures of the person's offices, each with `.kept` (its versions, latest first) and `.running`."""
    versions = SopVersion.objects.defer("definition", "source").order_by("-no")
    running = Count("versions__runs", filter=Q(versions__runs__state__in=(RunState.RUNNING, RunState.HELD)))
    sops = Sop.objects.filter(office__in=actor.office_ids).select_related("office").annotate(running=running)
    return list(sops.prefetch_related(Prefetch("versions", versions, to_attr="kept")).order_by("title", "pk"))


def sop_for_page(pk: int, actor: Actor) -> Sop:
    """The procedure, if the person works in its office; Sop.DoesNotExist otherwise."""
    return Sop.objects.select_related("office").get(pk=pk, office__in=actor.office_ids)


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


def findings_of(version: SopVersion) -> tuple[list[Finding], list[Finding]]:
    """What the soundness check and the linter say of a version, with the lanes as they are bound now."""
    definition = definition_of(version)
    bound: dict[str, list[int]] = defaultdict(list)
    for slot, jabatan in LaneBinding.objects.filter(sop=version.sop_id).values_list("slot", "jabatan"):
        bound[slot].append(jabatan)
    return check(definition, bound), lint(definition, version.sop.office.name)


def seats_of_sop(sop: Sop, definition: Definition) -> list[tuple[str, str, list[tuple[Jabatan, list[Assignment]]]]]:
    """Lane name, note, and the positions bound to it with today's holders. Two queries."""
    bindings = LaneBinding.objects.filter(sop=sop).select_related("jabatan").order_by("pk")
    bound: dict[str, list[Jabatan]] = defaultdict(list)
    for binding in bindings:
        bound[binding.slot].append(binding.jabatan)
    held = holders([j.pk for rows in bound.values() for j in rows], local_day(sop.office, timezone.now()))
    return [
        (lane.name, lane.note, [(jabatan, held.get(jabatan.pk, [])) for jabatan in bound[lane.slot]])
        for lane in definition.lanes
    ]


def compare(old: SopVersion, new: SopVersion, around: int = 3) -> list[DiffLine]:
    """The two versions as text, line by line, with a few lines around each change."""
    before, after = dump(definition_of(old)).splitlines(), dump(definition_of(new)).splitlines()
    lines: list[DiffLine] = []
    for group in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_grouped_opcodes(around):
        if lines:
            lines.append(DiffLine("gap", "…"))
        for kind, a1, a2, b1, b2 in group:
            if kind == "equal":
                lines += [DiffLine("kept", line) for line in before[a1:a2]]
            else:
                lines += [DiffLine("gone", line) for line in before[a1:a2]]
                lines += [DiffLine("new", line) for line in after[b1:b2]]
    return lines


def as_file(version: SopVersion) -> str:
    """The file the version came from; for one that came from none, its content written anew."""
    return version.source or dump(definition_of(version))


def quarter_words(year: int, quarter: int, office: Office) -> str:
    """Triwulan III 2026, in the office's own word."""
    return quarter_name(year, quarter, str(office.terms.get("triwulan", "") or "Triwulan"))
