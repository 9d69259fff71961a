"""Many tables in one migration: Django renders the models anew for each table, this once for all of them.

    class Migration(Tables):
        operations = [migrations.CreateModel(...), ...]

Trap: the rendered models are those at the migration's end, so it may hold nothing but whole tables.
"""

from django.core.exceptions import ImproperlyConfigured
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class Tables(migrations.Migration):
    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        if not all(isinstance(operation, migrations.CreateModel) for operation in self.operations):
            raise ImproperlyConfigured(f"{self} makes tables and must do nothing else.")
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        before = project_state.clone()
        # A state without rendered models takes up a new one without rendering all that refer to it.
        project_state.__dict__.pop("apps", None)
        after = self.mutate_state(project_state, preserve=False)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, after)
        return after
