"""Everything that changes an error report, a case, or what is ordered, planned, examined and decided on it."""

from runut.correction.actions.analyse import Note, analyse, save_notes
from runut.correction.actions.cases import open_case, open_on_run, withdraw_case
from runut.correction.actions.closing import close_case, conclude
from runut.correction.actions.instruct import OrderInput, give_order
from runut.correction.actions.items import add_items, remove_item
from runut.correction.actions.meet import Choice, MeetingInput, Point, hold_meeting, save_minutes
from runut.correction.actions.plan import PlanEntry, set_plan
from runut.correction.actions.reports import decline_report, report_error

__all__ = [
    "Choice",
    "MeetingInput",
    "Note",
    "OrderInput",
    "PlanEntry",
    "Point",
    "add_items",
    "analyse",
    "close_case",
    "conclude",
    "decline_report",
    "give_order",
    "hold_meeting",
    "open_case",
    "open_on_run",
    "remove_item",
    "report_error",
    "save_minutes",
    "save_notes",
    "set_plan",
    "withdraw_case",
]
