from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q


def keep_letterheads(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was signed, numbered, sent, archived or replaced keeps the letterhead that it shows today."""
    documents = apps.get_model("documents", "Document").objects.filter(letterhead={})
    went_out = ~Q(state="draft") | ~Q(signatures=None) | ~Q(register_entries=None) | ~Q(dispatches=None)
    went_out |= ~Q(archived=None)
    for office in apps.get_model("organisation", "Office").objects.select_related("instansi").order_by("pk"):
        kept = documents.filter(went_out, office=office).values("pk")
        documents.filter(pk__in=kept).update(
            letterhead={
                "instansi": {"name": office.instansi.name},
                "name": office.name,
                "address": office.address,
                "phone": office.phone,
                "place": office.place,
            }
        )


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_letterhead"), ("organisation", "0009_sign_of_tables")]

    operations = [migrations.RunPython(keep_letterheads, migrations.RunPython.noop)]
