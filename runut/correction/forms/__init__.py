"""What people type about errors, cases and their steps. Whether it may happen is decided by the actions."""

from runut.correction.forms.cases import CaseForm, FigurePicker, ReasonForm, picked_ids, typed_ids
from runut.correction.forms.meeting import MeetingForm
from runut.correction.forms.reports import ReportForm
from runut.correction.forms.steps import NotesForm, OrderForm, PlanForm, TeamRow

__all__ = [
    "CaseForm",
    "FigurePicker",
    "MeetingForm",
    "NotesForm",
    "OrderForm",
    "PlanForm",
    "ReasonForm",
    "ReportForm",
    "TeamRow",
    "picked_ids",
    "typed_ids",
]
