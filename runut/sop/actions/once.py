"""A request that comes twice has one effect: its answer is kept under the key of its form."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from runut.lib.canonical import content_hash
from runut.lib.errors import Stale
from runut.organisation.permissions import Actor
from runut.sop.models import Command


def answered(key: str, verb: str, by: Actor, about: int) -> dict[str, object] | None:
    """What the same request led to before; None for a new one, Stale when the key was used for something else."""
    command = Command.objects.filter(key=key).first() if key else None
    if command is None:
        return None
    if command.pegawai_id != by.pegawai_id or command.digest != _digest(verb, about):
        raise Stale(_("Halaman ini sudah dipakai untuk tindakan lain. Muat ulang halaman, lalu coba lagi."))
    return dict(command.result)


def keep_answer(key: str, verb: str, by: Actor, about: int, result: dict[str, object]) -> None:
    """Keep what a request led to, where its form had a key."""
    if key:
        Command.objects.create(
            instansi_id=by.instansi_id, key=key, pegawai=by.pegawai, verb=verb, digest=_digest(verb, about),
            result=result, at=timezone.now(),
        )  # fmt: skip


def _digest(verb: str, about: int) -> str:
    return content_hash({"verb": verb, "about": about})
