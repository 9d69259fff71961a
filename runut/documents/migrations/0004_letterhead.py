from django.db import migrations, models

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_backdated_lines")]

    operations = [
        migrations.AddField(model_name="document", name="letterhead", field=models.JSONField(default=dict)),
        # On SQLite a table that gets a column is made anew, without its triggers.
        triggers.frozen_columns(
            "documents_document",
            "1 = 1",
            ["office_id", "run_id", "kind", "no", "title", "year", "quarter", "basis", "content", "data_hash", "made_at"],
        ),
        triggers.frozen_columns(
            "documents_document",
            "OLD.number <> '' AND (OLD.state <> 'draft' OR EXISTS ("
            "SELECT 1 FROM documents_signature s WHERE s.document_id = OLD.id AND s.revoked_at IS NULL))",
            ["number"],
        ),
        triggers.frozen_columns("documents_document", "OLD.letterhead <> '{}'", ["letterhead"]),
    ]
