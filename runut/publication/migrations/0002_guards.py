"""What was opened to the public stays as it was; it is at most withdrawn, visibly and once."""

from django.db import migrations

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_tables")]

    operations = [
        triggers.frozen_columns(
            "publication_release",
            "1 = 1",
            [
                "office_id",
                "document_id",
                "year",
                "quarter",
                "no",
                "information_class",
                "title",
                "signed_as",
                "rows",
                "data_hash",
                "published_at",
                "published_by_id",
                "published_title",
            ],
        ),
        triggers.frozen_columns("publication_release", "OLD.withdrawn_at IS NOT NULL", ["withdrawn_at", "withdraw_reason"]),
    ]
