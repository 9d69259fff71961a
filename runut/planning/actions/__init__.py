"""What is done to plans, activities, indicators, targets and the register."""

from runut.planning.actions.activities import Named, appoint, change_activity, define_activity, set_budget
from runut.planning.actions.indicators import (
    Hangs,
    Place,
    define_indicator,
    end_indicator,
    hang_indicator,
    revise_indicator,
)
from runut.planning.actions.plans import Drawn, add_goal, add_objective, end_plan, open_plan, revise_plan, reword
from runut.planning.actions.register import Deed, register_document, withdraw_document
from runut.planning.actions.scales import take_up_scale
from runut.planning.actions.targets import Aim, Change, set_targets

__all__ = [
    "Aim",
    "Change",
    "Deed",
    "Drawn",
    "Hangs",
    "Named",
    "Place",
    "add_goal",
    "add_objective",
    "appoint",
    "change_activity",
    "define_activity",
    "define_indicator",
    "end_indicator",
    "end_plan",
    "hang_indicator",
    "open_plan",
    "register_document",
    "revise_indicator",
    "revise_plan",
    "reword",
    "set_budget",
    "set_targets",
    "take_up_scale",
    "withdraw_document",
]
