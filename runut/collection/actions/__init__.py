"""Everything that changes numbers: forms of a period, drafts, versions, verdicts, marks."""

from runut.collection.actions.absent import away_now, close_form, give_form, postpone_form
from runut.collection.actions.drafts import CellInput, Conflict, Saved, save_lines
from runut.collection.actions.editions import compose_form
from runut.collection.actions.evidence import add_evidence, attach, withdraw_evidence
from runut.collection.actions.forms_of import make_correction_sheets
from runut.collection.actions.from_sheet import keep_look, save_from_workbook
from runut.collection.actions.nil import report_nil
from runut.collection.actions.paper import enter_from_paper
from runut.collection.actions.parts import receive_part
from runut.collection.actions.past import PaperSource, PastInput, enter_past_report
from runut.collection.actions.past_scans import attach_past_scan
from runut.collection.actions.period import add_member, distribute, mark_opened, prepare_period
from runut.collection.actions.remarks import write_remark
from runut.collection.actions.renewal import renew_form, renew_forms
from runut.collection.actions.review import LineVerdict, mark_looked, review_sheet
from runut.collection.actions.rounds import move_sheets, reopen_all, reopen_sheets
from runut.collection.actions.submit import submit_sheet
from runut.collection.actions.take_back import (
    check_can_take_back,
    check_can_withdraw,
    may_take_back,
    take_back_sheet,
    withdraw_form,
)
from runut.collection.actions.values import append_value, mark_values, repeat_judgements
from runut.collection.actions.yearly import check_report_is_free
from runut.collection.actions.years import explain_quarters, start_year

__all__ = [
    "CellInput",
    "Conflict",
    "LineVerdict",
    "PaperSource",
    "PastInput",
    "Saved",
    "add_evidence",
    "add_member",
    "append_value",
    "attach",
    "attach_past_scan",
    "away_now",
    "check_can_take_back",
    "check_can_withdraw",
    "check_report_is_free",
    "close_form",
    "compose_form",
    "distribute",
    "enter_from_paper",
    "enter_past_report",
    "explain_quarters",
    "give_form",
    "keep_look",
    "make_correction_sheets",
    "mark_looked",
    "mark_opened",
    "mark_values",
    "may_take_back",
    "move_sheets",
    "postpone_form",
    "prepare_period",
    "receive_part",
    "renew_form",
    "renew_forms",
    "reopen_all",
    "reopen_sheets",
    "repeat_judgements",
    "report_nil",
    "review_sheet",
    "save_from_workbook",
    "save_lines",
    "start_year",
    "submit_sheet",
    "take_back_sheet",
    "withdraw_evidence",
    "withdraw_form",
    "write_remark",
]
