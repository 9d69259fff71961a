"""Procedures in force at the cast's office, for tests of pages and lists."""

from datetime import date

from runut.organisation.models import Jabatan
from runut.sop import actions
from runut.sop.models import Sop
from runut.sop.rules.definition import Actor, Definition, Header, Lane, Norm, Outcome, Step
from runut.sop.rules.parse import dump

LANES = (
    Lane("kepala", "Camat", "kepala"),
    Lane("sekretaris", "Sekretaris", "sekretaris"),
    Lane("staf", "Pengelola Data", "staf"),
    Lane("pegawai", "Pegawai", "pegawai"),
)
IDENTITY = Header(number="065/07/000/2026", made_on="2026-01-02", ratified_by="Camat")
BINDINGS = {"kepala": ["camat"], "sekretaris": ["sekretaris"], "staf": ["staf"], "pegawai": ["asn1"]}


def step(sid, lane, to, *, work="do", norm=None, back=None, **more):
    """A step of one lane; `back` is the step it may return to."""
    outcomes = [Outcome("complete", to, "Selesai")]
    if back:
        outcomes.append(Outcome("return", back, "Kembalikan", back=True))
    return Step(
        id=sid,
        printed_no=more.pop("no", sid[-1]),
        text=f"Mengerjakan {sid}",
        lanes=(lane,),
        work=work,
        outcomes=tuple(outcomes),
        norm=norm,
        **more,
    )


def straight():
    """Staf does, Sekretaris passes on or returns, Camat ends it; an hour each."""
    hour = Norm(1, "jam")
    return Definition(
        "lurus",
        "Urusan Lurus",
        "collection",
        "pegawai",
        LANES[:3],
        (
            step("langkah1", "staf", "langkah2", norm=hour),
            step("langkah2", "sekretaris", "langkah3", work="coordinate", norm=hour, back="langkah1"),
            step("langkah3", "kepala", None, norm=Norm(2, "hari")),
        ),
        IDENTITY,
    )


def fan_out():
    """Staf sends, every pegawai does, Camat ends it."""
    return Definition(
        "sebar",
        "Urusan Sebar",
        "collection",
        "pegawai",
        (LANES[0], LANES[2], LANES[3]),
        (
            step("bagi1", "staf", "isi2"),
            step("isi2", "pegawai", "tutup3", each="pegawai", actor=Actor("subject"), norm=Norm(3, "hari")),
            step("tutup3", "kepala", None),
        ),
        IDENTITY,
    )


def put_in_force(office, definition, bindings=BINDINGS):
    """The cast's office takes the procedure over, binds its lanes and puts it in force."""
    by = office.actor(office.camat)
    version = actions.import_version(office=office.office, text=dump(definition), by=by)
    for lane in definition.lanes:
        posts = [office.jabatan[key] for key in bindings.get(lane.slot, [])]
        actions.bind_lane(sop=version.sop, slot=lane.slot, jabatan=posts, by=by)
    actions.put_in_force(version=version, by=by, effective_from=date(2026, 1, 5), reason="Diperbaiki.")
    return Sop.objects.get(pk=version.sop_id)


def start(office, definition=None, *, title="Urusan Triwulan I", members=None, by=None):
    """A run of the procedure, which is put in force if the office has it not yet."""
    definition = definition or straight()
    sop = Sop.objects.filter(office=office.office, code=definition.code).first() or put_in_force(office, definition)
    scope = {"pegawai": [person.pk for person in members]} if members is not None else None
    return actions.start_run(sop=sop, by=office.actor(by or office.camat), title=title, scope=scope)


def post_of(office, key) -> Jabatan:
    return office.jabatan[key]


def open_task(run, sid, member=None):
    """The open task of a step, of one member if it fans out."""
    tasks = run.tasks.filter(step=sid, state="open")
    return tasks.get(branch__member=member) if member else tasks.get()
