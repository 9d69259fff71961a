import pytest
from django.db import connection

SQLITE = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name LIKE '%%append_only%%'"
POSTGRES = "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE '%%append_only%%'"


@pytest.mark.parametrize("table", ["audit_entry", "collection_value", "collection_mark", "sop_command"])
def test_what_was_reported_is_guarded_by_triggers(db, table):
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRES, [table])

        assert cursor.fetchone() == (2,)
