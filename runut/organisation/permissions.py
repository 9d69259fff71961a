"""Who a person is when acting, and what the organisation's own pages allow."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.lib.errors import Denied
from runut.organisation.models import Assignment, AssignmentKind, JabatanKind, Office, Pegawai

_NOT_YOURS = gettext_lazy(
    "Data pegawai, jabatan dan kalender diatur oleh admin kantor. Sampaikan perubahan kepada admin kantor Anda."
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A pegawai with the assignments in force now, and the one that entitles the act at hand.

    `assignments` are ordered: definitif before Plt before Plh. `acting` is None for a person who
    acts on the strength of being the subject (one's own sheet) without a position.
    """

    pegawai: Pegawai
    assignments: tuple[Assignment, ...]
    acting: Assignment | None = None

    @property
    def pegawai_id(self) -> int:
        return self.pegawai.pk

    @property
    def instansi_id(self) -> int:
        return self.pegawai.instansi_id

    @property
    def name(self) -> str:
        return self.pegawai.full_name

    @property
    def title(self) -> str:
        """The position in whose name the person acts, with Plt. or Plh. before it."""
        assignment = self.acting or (self.assignments[0] if self.assignments else None)
        return assignment.title if assignment else ""

    @property
    def jabatan_ids(self) -> frozenset[int]:
        return frozenset(a.jabatan_id for a in self.assignments)

    @property
    def office_ids(self) -> frozenset[int]:
        """Offices the person works in now."""
        return frozenset(a.jabatan.office_id for a in self.assignments)

    @property
    def audit_stream(self) -> str:
        return f"pegawai:{self.pegawai.pk}"

    def holding(self, jabatan_id: int) -> Assignment | None:
        """The assignment under which this person holds the position, if any."""
        return next((a for a in self.assignments if a.jabatan_id == jabatan_id), None)

    def under(self, assignment: Assignment | None) -> Actor:
        """The same person acting on the strength of this assignment."""
        return replace(self, acting=assignment)


def manages(actor: Actor) -> bool:
    """Whether this person looks after at least one office's people and calendar."""
    return any(_manages_as(held) for held in actor.assignments)


def managed_office_ids(actor: Actor) -> frozenset[int]:
    """The offices that this person looks after."""
    return frozenset(held.jabatan.office_id for held in actor.assignments if _manages_as(held))


def offices_to_manage(actor: Actor) -> frozenset[int]:
    """The offices that this person looks after; Denied when there is none."""
    offices = managed_office_ids(actor)
    if not offices:
        raise Denied(str(_NOT_YOURS))
    return offices


def office_to_manage(actor: Actor) -> Office:
    """The office that a page of settings is about: one's own if one looks after it, else the first."""
    offices = offices_to_manage(actor)
    wanted = actor.pegawai.office_id if actor.pegawai.office_id in offices else min(offices)
    return Office.objects.select_related("instansi", "calendar").get(pk=wanted)


def check_can_manage(actor: Actor | None, office_id: int) -> None:
    """The office's admin or its head. Without an actor: the operator at the command line."""
    if actor is None or office_id in managed_office_ids(actor):
        return
    raise Denied(str(_NOT_YOURS))


def check_can_manage_instansi(actor: Actor | None, instansi_id: int) -> None:
    """Holidays and Ramadan hours hold for the whole government: any of its admins keeps them."""
    if actor is None or (actor.instansi_id == instansi_id and manages(actor)):
        return
    raise Denied(_("Hari libur dan jam kerja Ramadan diatur oleh admin. Sampaikan perubahan kepada admin kantor Anda."))


def check_can_create_office(actor: Actor | None) -> None:
    """Only the operator of the installation adds offices."""
    if actor is not None:
        raise Denied(_("Kantor baru ditambahkan oleh pengelola server. Hubungi pengelola server Anda."))


def check_can_mark_coordinating(actor: Actor | None) -> None:
    """Only the operator of the installation: an office that could say so of itself would open the others to itself."""
    if actor is not None:
        raise Denied(_("Kantor pengampu ditetapkan oleh pengelola server. Hubungi pengelola server Anda."))


def check_can_oversee(actor: Actor) -> None:
    """How far all offices are, in counts: whoever works in a coordinating office. One query."""
    if not Office.objects.visible_to(actor).filter(coordinates=True).exists():
        raise Denied(_("Halaman ini untuk kantor pengampu. Keadaan kantor Anda sendiri ada di halaman periodenya."))


def check_can_see_log(actor: Actor, office_id: int) -> None:
    """An office's log is for those who look after it."""
    check_can_manage(actor, office_id)


def _manages_as(held: Assignment) -> bool:
    """The admin, or the head in person: Plt and Plh do not decide on organisation and personnel."""
    if held.jabatan.kind == JabatanKind.ADMIN:
        return True
    return held.jabatan.heads_office and held.kind == AssignmentKind.DEFINITIF
