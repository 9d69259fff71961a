"""The acts of publishing for the cast."""

from runut.documents.queries import main_document
from runut.publication import actions
from tests.sop.play import open_task


def publish(cast, run, who=None, *, data_hash=None, **more):
    return actions.publish(
        task_id=open_task(run, "terbitkan").pk,
        by=cast.actor(who or cast.camat),
        data_hash=data_hash or main_document(run).data_hash,
        **more,
    )


def send_back(cast, run, figures, *, chosen, who=None, reason="IKM keliru", **more):
    return actions.return_after_signature(
        task_id=open_task(run, "terbitkan").pk,
        by=cast.actor(who or cast.camat),
        reason=reason,
        chosen=[each.pk for each in chosen],
        figures=figures,
        **more,
    )


def row(member, percent="90.00", **more):
    """A row of a document, as `release_rows` reads it."""
    return {
        "member": member,
        "subject": f"Pegawai {member}",
        "unit": "Seksi Pelayanan",
        "sasaran": "Mutu pelayanan",
        "indicator": "IKM",
        "measure": "indeks",
        "target": "80",
        "actual": "72",
        "achievement": "90%",
        "percent": percent,
        "level": "achieved",
        **more,
    }
