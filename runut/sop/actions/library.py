"""The SOPs that come with the product: what there is, and taking one over for an office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db import transaction
from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.organisation.models import Jabatan, Office
from runut.organisation.permissions import Actor
from runut.sop import library
from runut.sop.actions.version import bind_lane, import_version
from runut.sop.models import SopVersion


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """One SOP of the library, as a list shows it."""

    code: str
    title: str
    category: str
    steps: int
    lanes: tuple[str, ...]
    slots: tuple[str, ...]


def load_library() -> list[LibraryItem]:
    """All SOPs of the library, in its order."""
    return [_item(code) for code in library.CODES]


@cache
def _item(code: str) -> LibraryItem:
    definition = library.read(code)
    return LibraryItem(
        code=code,
        title=definition.title,
        category=definition.category,
        steps=len(definition.steps),
        lanes=tuple(lane.name for lane in definition.lanes),
        slots=tuple(dict.fromkeys(lane.slot for lane in definition.lanes)),
    )


@transaction.atomic
def import_from_library(
    *, office: Office, code: str, by: Actor, bindings: Mapping[str, Sequence[Jabatan]] | None = None
) -> SopVersion:
    """Take an SOP of the library over as the office's draft, with positions for its slots where they are given."""
    try:
        text = library.text(code)
    except KeyError as error:
        raise Refused(_("SOP “%(code)s” tidak ada di pustaka. Pilih dari daftar.") % {"code": code}) from error
    version = import_version(office=office, text=text, by=by, file=f"{code}.yaml")
    for slot, jabatan in (bindings or {}).items():
        bind_lane(sop=version.sop, slot=slot, jabatan=list(jabatan), by=by)
    return version
