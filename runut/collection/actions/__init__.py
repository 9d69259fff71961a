"""Everything that changes numbers: forms of a period, drafts, versions, verdicts, marks."""

from runut.collection.actions.drafts import CellInput, Conflict, Saved, save_lines
from runut.collection.actions.evidence import add_evidence, withdraw_evidence
from runut.collection.actions.forms_of import make_correction_sheets
from runut.collection.actions.parts import receive_part
from runut.collection.actions.period import add_member, distribute, mark_opened, prepare_period
from runut.collection.actions.remarks import write_remark
from runut.collection.actions.review import LineVerdict, review_sheet
from runut.collection.actions.rounds import move_sheets, reopen_sheets
from runut.collection.actions.submit import submit_sheet
from runut.collection.actions.values import append_value, mark_values

__all__ = [
    "CellInput",
    "Conflict",
    "LineVerdict",
    "Saved",
    "add_evidence",
    "add_member",
    "append_value",
    "distribute",
    "make_correction_sheets",
    "mark_opened",
    "mark_values",
    "move_sheets",
    "prepare_period",
    "receive_part",
    "reopen_sheets",
    "review_sheet",
    "save_lines",
    "submit_sheet",
    "withdraw_evidence",
    "write_remark",
]
