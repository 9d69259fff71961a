"""Who may start which procedure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from runut.organisation.permissions import Actor
from runut.sop.models import LaneBinding, Sop, SopVersion, VersionState
from runut.sop.permissions import may_start, starters_in_words
from runut.sop.queries.definitions import definition_of


def starting_posts(sops: Sequence[Sop]) -> dict[int, frozenset[int]]:
    """Sop id -> the positions of the first step of the version in force; without a version none. Two queries."""
    versions = SopVersion.objects.filter(sop__in=sops, state=VersionState.IN_FORCE).defer("definition", "source")
    bound: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for sop, slot, post in LaneBinding.objects.filter(sop__in=sops).values_list("sop", "slot", "jabatan"):
        bound[sop][slot].add(post)
    found = {sop.pk: frozenset[int]() for sop in sops}
    for version in versions:
        definition = definition_of(version)
        slots = (definition.lane(key).slot for key in definition.first.lanes)
        found[version.sop_id] = frozenset(pk for slot in slots for pk in bound[version.sop_id][slot])
    return found


def startable(actor: Actor, sops: Sequence[Sop]) -> list[Sop]:
    """Those of the procedures that this person may start. Two queries."""
    posts = starting_posts(sops)
    return [sop for sop in sops if may_start(actor, posts[sop.pk], sop.office_id)]


def who_starts(sops: Sequence[Sop]) -> list[str]:
    """For whoever may not start these procedures of one office: who does, a sentence for each. Four queries."""
    words = starters_in_words(starting_posts(sops))
    return [_("“%(sop)s” dimulai oleh %(who)s.") % {"sop": sop.title, "who": words[sop.pk]} for sop in sops]
