from django.db import migrations, models

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("collection", "0017_evidence_asked_for")]

    operations = [
        migrations.AddField("stagedline", "made_of", models.JSONField(null=True)),
        migrations.AddField("outsideentry", "made_of", models.JSONField(null=True)),
        triggers.append_only("collection_outsideentry"),
    ]
