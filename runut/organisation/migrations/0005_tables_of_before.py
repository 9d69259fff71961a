"""Tables that came in before they had a state: brought in, or nobody has decided and their rows are gone."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give_states(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    staged = apps.get_model("organisation", "Staged")
    staged.objects.filter(applied_at__isnull=False).update(state="done")
    staged.objects.filter(applied_at__isnull=True).update(state="thrown")


class Migration(migrations.Migration):

    dependencies = [("organisation", "0004_tables_in_steps")]

    operations = [migrations.RunPython(give_states, migrations.RunPython.noop)]
