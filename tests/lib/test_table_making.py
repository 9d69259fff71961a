"""A migration that makes many tables at once."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.state import ProjectState

from runut.lib.table_making import Tables


def test_it_makes_tables_and_refuses_anything_else():
    migration = Tables("0001_tables", "lib")
    migration.operations = [migrations.RunSQL("SELECT 1")]

    with pytest.raises(ImproperlyConfigured, match="nothing else"):
        migration.apply(ProjectState(), connection.schema_editor())


def test_its_statements_can_be_read_beforehand(committed_db, capsys):
    call_command("sqlmigrate", "sop", "0001_tables")

    assert 'CREATE TABLE "sop_run"' in capsys.readouterr().out
