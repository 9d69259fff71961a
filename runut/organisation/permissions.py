"""Who a person is when acting, and what the organisation's own pages allow."""

from __future__ import annotations

from dataclasses import dataclass, replace

from runut.organisation.models import Assignment, Pegawai


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
