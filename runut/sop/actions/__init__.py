"""Everything that changes a procedure or a run.

`begin` and `complete` are the hot path and stand in `act`; opening what follows in `opening`.
"""

from runut.sop.actions.act import Act, Result, begin, complete
from runut.sop.actions.fanout import drop_member, join_late, open_waiting
from runut.sop.actions.run import (
    abandon,
    cancel,
    hand_over,
    hold,
    release,
    resume,
    set_scope,
    start_run,
    suspend_for,
)
from runut.sop.actions.version import bind_lane, bind_lanes, import_version, put_in_force

__all__ = [
    "Act",
    "Result",
    "abandon",
    "begin",
    "bind_lane",
    "bind_lanes",
    "cancel",
    "complete",
    "drop_member",
    "hand_over",
    "hold",
    "import_version",
    "join_late",
    "open_waiting",
    "put_in_force",
    "release",
    "resume",
    "set_scope",
    "start_run",
    "suspend_for",
]
