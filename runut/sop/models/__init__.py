"""Procedures as written, and as run."""

from runut.sop.models.procedures import LaneBinding, Sop, SopVersion, VersionState
from runut.sop.models.reminders import MailState, Reminder
from runut.sop.models.running import (
    HEAVY,
    Branch,
    BranchState,
    ClockState,
    Command,
    Join,
    Paraf,
    Run,
    RunQuerySet,
    RunScope,
    RunState,
    Task,
    TaskFile,
    TaskQuerySet,
    TaskState,
)

__all__ = [
    "HEAVY",
    "Branch",
    "BranchState",
    "ClockState",
    "Command",
    "Join",
    "LaneBinding",
    "MailState",
    "Paraf",
    "Reminder",
    "Run",
    "RunQuerySet",
    "RunScope",
    "RunState",
    "Sop",
    "SopVersion",
    "Task",
    "TaskFile",
    "TaskQuerySet",
    "TaskState",
    "VersionState",
]
