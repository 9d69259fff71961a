"""Everything that changes a procedure or a run.

`begin` and `complete` are the hot path and stand in `act`; opening what follows in `opening`.
"""

from runut.sop.actions.act import Act, Result, begin, complete
from runut.sop.actions.fanout import drop_member, join_late, open_awaited, open_waiting, take_in, take_out
from runut.sop.actions.ratify import fill_identity, put_in_force
from runut.sop.actions.recalls import check_can_recall, recall
from runut.sop.actions.reminders import Reminded, remind, send_again
from runut.sop.actions.run import (
    abandon,
    cancel,
    hand_over,
    hold,
    postpone,
    release,
    resume,
    set_scope,
    start_run,
    suspend_for,
    take_on,
)
from runut.sop.actions.version import bind_lane, bind_lanes, import_version

__all__ = [
    "Act",
    "Reminded",
    "Result",
    "abandon",
    "begin",
    "bind_lane",
    "bind_lanes",
    "cancel",
    "check_can_recall",
    "complete",
    "drop_member",
    "fill_identity",
    "hand_over",
    "hold",
    "import_version",
    "join_late",
    "open_awaited",
    "open_waiting",
    "postpone",
    "put_in_force",
    "recall",
    "release",
    "remind",
    "resume",
    "send_again",
    "set_scope",
    "start_run",
    "suspend_for",
    "take_in",
    "take_on",
    "take_out",
]
