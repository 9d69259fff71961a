"""The government, its offices, their positions, and who holds them when."""

from runut.organisation.models.calendar import Holiday, HolidayKind, Season, WorkCalendar
from runut.organisation.models.imports import UNDER_WAY, RowState, Staged, StagedQuerySet, StagedRow, StagedState
from runut.organisation.models.office import Jabatan, JabatanKind, Office, OfficeKind, OfficeQuerySet, Policy, Unit
from runut.organisation.models.people import (
    Assignment,
    AssignmentKind,
    AssignmentQuerySet,
    EndCause,
    Leave,
    LeaveKind,
    Pegawai,
    Supervision,
)
from runut.organisation.models.sign_in import ActivationCode, TextSize, User, UserManager
from runut.organisation.models.tenancy import Instansi, OfficeRows, OfInstansi, OfOffice, Viewer

__all__ = [
    "UNDER_WAY",
    "ActivationCode",
    "Assignment",
    "AssignmentKind",
    "AssignmentQuerySet",
    "EndCause",
    "Holiday",
    "HolidayKind",
    "Instansi",
    "Jabatan",
    "JabatanKind",
    "Leave",
    "LeaveKind",
    "OfInstansi",
    "OfOffice",
    "Office",
    "OfficeKind",
    "OfficeQuerySet",
    "OfficeRows",
    "Pegawai",
    "Policy",
    "RowState",
    "Season",
    "Staged",
    "StagedQuerySet",
    "StagedRow",
    "StagedState",
    "Supervision",
    "TextSize",
    "Unit",
    "User",
    "UserManager",
    "Viewer",
    "WorkCalendar",
]
