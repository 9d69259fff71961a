"""What can be done to an organisation. `by` None is the operator at the command line."""

from runut.organisation.actions.accounts import (
    activate,
    change_password,
    change_preferences,
    issue_codes,
    reset_password,
)
from runut.organisation.actions.calendars import (
    add_holiday,
    add_season,
    fill_holidays,
    remove_holiday,
    remove_season,
    update_calendar,
)
from runut.organisation.actions.leaves import record_leave, remove_leave
from runut.organisation.actions.offices import (
    create_instansi,
    create_jabatan,
    create_office,
    mark_coordinating,
    update_jabatan,
    update_office,
)
from runut.organisation.actions.passwords import confirm_password, tries_left
from runut.organisation.actions.people import (
    assign,
    change_own_number,
    close_assignment,
    create_pegawai,
    set_superior,
    update_pegawai,
)
from runut.organisation.actions.positions import close_jabatan, reopen_jabatan
from runut.organisation.actions.units import close_unit, create_unit, reopen_unit, update_unit

__all__ = [
    "activate",
    "add_holiday",
    "add_season",
    "assign",
    "change_own_number",
    "change_password",
    "change_preferences",
    "close_assignment",
    "close_jabatan",
    "close_unit",
    "confirm_password",
    "create_instansi",
    "create_jabatan",
    "create_office",
    "create_pegawai",
    "create_unit",
    "fill_holidays",
    "issue_codes",
    "mark_coordinating",
    "record_leave",
    "remove_holiday",
    "remove_leave",
    "remove_season",
    "reopen_jabatan",
    "reopen_unit",
    "reset_password",
    "set_superior",
    "tries_left",
    "update_calendar",
    "update_jabatan",
    "update_office",
    "update_pegawai",
    "update_unit",
]
