"""Why a paraf is asked for again: which version it was put under, and which figures say something else now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from runut.collection.queries.again import in_short
from runut.documents.models import Document
from runut.documents.queries.reading import content_of
from runut.documents.rules.differences import Change, differences, differences_of
from runut.documents.rules.parafs import CHANGED
from runut.organisation.permissions import Actor
from runut.sop.models import Paraf, Task


def why_again(runs: Collection[int], actor: Actor) -> dict[int, str]:
    """Run id -> the version that a person had initialled, the present one, and what changed between them.

    Where there is no other version yet, what made the paraf void.
    Two queries, however many runs; none without. Of forms alone only those the person had checked are told.
    """
    if not runs:
        return {}
    versions: dict[int, list[Document]] = defaultdict(list)
    for version in Document.objects.filter(run__in=list(runs)).order_by("no"):
        versions[version.run_id].append(version)
    parafs: dict[int, list[Paraf]] = defaultdict(list)
    mine = Task.objects.addressed_to(actor).filter(run__in=list(runs)).values("pk")
    rows = Paraf.objects.filter(task__in=mine, asked_again=True).select_related("task__branch")
    for paraf in rows.order_by("pk"):
        parafs[paraf.task.run_id].append(paraf)
    found = {run: _words(versions[run], parafs[run]) for run in runs}
    return {run: words for run, words in found.items() if words}


def _words(versions: Sequence[Document], parafs: Sequence[Paraf]) -> str:
    hashes = {paraf.data_hash for paraf in parafs}
    before = [one for one in versions if hashes & _hashes(one)]
    if not before:
        return ""
    now = [one for one in versions if one.kind == before[-1].kind][-1]
    words = {"was": before[-1].no, "now": now.no, "what": _told(before[-1], now, parafs)}
    if before[-1].pk == now.pk or not words["what"]:
        reasons = dict.fromkeys(paraf.void_reason for paraf in parafs if paraf.task.branch is None)
        return " ".join(reason for reason in reasons if reason != CHANGED)
    return _("Anda memaraf versi %(was)s; versi %(now)s berisi lain: %(what)s.") % words


def _hashes(version: Document) -> set[str]:
    return {version.data_hash, *(sheet["data_hash"] for sheet in content_of(version)["sheets"])}


def _told(before: Document, now: Document, parafs: Sequence[Paraf]) -> str:
    members = {paraf.task.branch.member if paraf.task.branch else None for paraf in parafs}
    old, new = content_of(before), content_of(now)
    own = {member for member in members if member}
    changes = differences(old, new) if None in members else differences_of(old, new, own)
    return in_words(changes)


def in_words(changes: Sequence[Change]) -> str:
    """The first of these changes, old and new, and how many more there are."""
    return in_short([_change(change) for change in changes])


def _change(change: Change) -> str:
    words: Mapping[str, str] = {
        "where": change.where, "what": change.what, "before": change.before or "–", "after": change.after or "–",
    }  # fmt: skip
    return _("%(where)s, %(what)s %(before)s → %(after)s") % words
