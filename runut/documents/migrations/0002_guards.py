"""A document's content stands, a signature is at most revoked, and what was recorded about it is not edited."""

from django.db import migrations

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_tables")]

    operations = [
        triggers.frozen_columns(
            "documents_document",
            "1 = 1",
            ["office_id", "run_id", "kind", "no", "title", "year", "quarter", "basis", "content", "data_hash", "made_at"],
        ),
        # The number is stamped before the first signature, and stands under a signature that holds.
        triggers.frozen_columns(
            "documents_document",
            "OLD.number <> '' AND (OLD.state <> 'draft' OR EXISTS ("
            "SELECT 1 FROM documents_signature s WHERE s.document_id = OLD.id AND s.revoked_at IS NULL))",
            ["number"],
        ),
        triggers.frozen_columns("documents_document", "OLD.letterhead <> '{}'", ["letterhead"]),
        triggers.frozen_columns(
            "documents_signature",
            "1 = 1",
            ["document_id", "task_id", "data_hash", "method", "pegawai_id", "name", "title", "rank", "nip", "at"],
        ),
        triggers.frozen_columns("documents_signature", "OLD.revoked_at IS NOT NULL", ["revoked_at", "revoke_reason"]),
        triggers.append_only("documents_registerentry"),
        triggers.append_only("documents_copy"),
        triggers.append_only("documents_handup"),
        triggers.append_only("documents_archiveitem"),
        triggers.frozen_columns("documents_dispatch", "1 = 1", ["document_id", "task_id", "recipient", "way", "sent_on"]),
        triggers.frozen_columns("documents_dispatch", "OLD.received_on IS NOT NULL", ["received_on", "received_by"]),
    ]
