"""Playing procedures in tests: install a library SOP for the cast, then let people act by step."""

from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

import runut
from runut.organisation.queries import actor_of
from runut.sop import actions
from runut.sop.models import Task

LIBRARY = Path(runut.__file__).parent / "sop" / "library"
SLOTS = {
    "kepala": ["camat"],
    "sekretaris": ["sekretaris"],
    "perencana": ["kasubag"],
    "staf": ["staf"],
    "pelaksana": ["staf"],
    "kepala_seksi": ["kasi1", "kasi2", "kasi3", "kasi4"],
    "kepala_unit": ["kasubag", "kasi1", "kasi2", "kasi3", "kasi4"],
}


def install(cast, code, text=None, **slots):
    """The library's SOP in force at the cast's office, its slots bound; these to other positions than usual."""
    by = cast.actor(cast.camat)
    text = text or (LIBRARY / f"{code}.yaml").read_text(encoding="utf-8")
    version = actions.import_version(office=cast.office, text=text, by=by)
    bindings = {slot: [cast.jabatan[code] for code in codes] for slot, codes in {**SLOTS, **slots}.items()}
    actions.bind_lanes(sop=version.sop, bindings=bindings, by=by)
    registered = {"number": "065/07/000/2026", "made_on": date(2026, 1, 2)}
    actions.put_in_force(version=version, by=by, effective_from=date(2026, 1, 5), reason="Diperbaiki.", **registered)
    return version.sop


def open_task(run, step, member=None, slot=0):
    here = {"branch__member": member} if member else {"branch": None}
    return Task.objects.get(run=run, step=step, state="open", slot=slot, **here)


def do(cast, run, step, who, outcome="complete", *, member=None, slot=0, key="", **words):
    """Let somebody do an open step of the run, as bare engine."""
    task = open_task(run, step, member, slot)
    return act(task, cast.actor(who), outcome, key=key, **words)


@transaction.atomic
def act(task, by, outcome="complete", *, key="", **words):
    under_way = actions.begin(task_id=task.pk, by=by, outcome=outcome, key=key)
    if under_way.replayed:
        return under_way.result
    words.setdefault("data_hash", "0" * 64)
    return actions.complete(under_way, **words)


def holder(cast, task):
    """The actor a task is addressed to, today."""
    from runut.organisation.queries import holders

    if task.pegawai:
        return actor_of(task.pegawai, timezone.localdate())
    return actor_of(holders([task.jabatan_id], timezone.localdate())[task.jabatan_id][0].pegawai, timezone.localdate())
