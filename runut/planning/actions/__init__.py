"""What is done to indicators and targets."""

from runut.planning.actions.indicators import FIELDS, Place, define_indicator, revise_indicator
from runut.planning.actions.targets import Aim, Change, set_targets

__all__ = ["FIELDS", "Aim", "Change", "Place", "define_indicator", "revise_indicator", "set_targets"]
