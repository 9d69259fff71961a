"""Cases for the cast: data handed in, a correction procedure, and the acts of each step."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from runut.collection import actions as collection
from runut.collection.models import Figure, Line, MarkKind, Sheet, SheetState, Value
from runut.collection.queries import current_values
from runut.correction import actions
from runut.correction.models import CorrectionItem, Decision
from runut.organisation.queries import local_day
from runut.planning.models import Indicator, Kegiatan, Stakeholder
from runut.sop.models import Run
from tests.collection import builders as forms
from tests.sop.play import do, install, open_task


def validated(cast, people):
    """Kintom's starting point: validated data of these people, initialled, waiting for the Camat's signature."""
    run = forms.collection_of_people(cast, people, code="pengumpulan-pegawai")
    for person in people:
        forms.fill_in(cast, run, person, "84,75", "90")
    for person in people:
        forms.review(cast, run, person, cast.kasi[cast.asn.index(person) // 3])
    do(cast, run, "himpun", cast.staf)
    do(cast, run, "paraf", cast.sekretaris)
    return run


def signed(cast, units):
    """Ngoro's starting point: signed data of these units, each with a PPTK who answers for it.

    The rows are written as the collection would leave them; its own acts are proved in its own tests.
    """
    forms.give_indicators(cast, units=units)
    run = forms.start(cast, "pengumpulan-unit")
    forms.prepare(cast, run, units, everybody=cast.units)
    values = [handed_in(cast, line) for line in Line.objects.filter(sheet__run=run).select_related("figure", "sheet")]
    collection.mark_values(
        values=Value.objects.bulk_create(values), kind=MarkKind.SIGNED, by=cast.actor(cast.camat), basis="Rekap TW I"
    )
    Sheet.objects.filter(run=run).update(state=SheetState.SIGNED)
    run.tasks.filter(state="open").update(state="cancelled")
    Run.objects.filter(pk=run.pk).update(state="done")
    for unit in units:
        give_pptk(cast, unit, head_of(cast, unit))
    run.refresh_from_db()
    return run


def handed_in(cast, line):
    """The first version of a line's figure: 97,8 for the first indicator, 90 for the others."""
    figure, at = line.figure, timezone.now()
    amount = Decimal("97.8") if figure.no == 1 else Decimal(90)
    by = head_of(cast, next(unit for unit in cast.units if unit.pk == figure.unit_id))
    return Value(
        instansi=cast.instansi, figure=figure, no=1, amount=amount, measure="measured", target=figure.target,
        sheet=line.sheet, at=at, by=by, by_title=cast.actor(by).title,
    )  # fmt: skip


def head_of(cast, unit):
    at = cast.units.index(unit)
    return cast.kasi[at - 2]


def give_pptk(cast, unit, pegawai):
    """An activity for the unit's indicators, and the PPTK who answers for it."""
    activity = Kegiatan.objects.create(
        instansi=cast.instansi, office=cast.office, code=f"7.01.{unit.pk}", name=f"Kegiatan {unit.name}", unit=unit
    )
    Indicator.objects.filter(unit=unit).update(kegiatan=activity)
    Stakeholder.objects.create(instansi=cast.instansi, kegiatan=activity, pegawai=pegawai, start=date(2026, 1, 2))
    return activity


def figures(run, member=None):
    """The figures of a run in order, of one member."""
    rows = Figure.objects.filter(period__run=run).order_by("member", "no")
    return list(rows.filter(member=forms.key_of(member)) if member else rows)


def now_of(figure):
    return current_values([figure])[figure.pk]


def open_case(cast, run, wrong, *, by=None, code="ngoro", sop=None, reason="Salah ambil bulan", **more):
    """A case on these figures: figure -> what is wrong."""
    return actions.open_case(
        source=run.period,
        sop=sop or install(cast, code),
        by=cast.actor(by or cast.camat),
        items={figure.pk: what for figure, what in wrong.items()},
        reason=reason,
        **more,
    )


def order(cast, **more):
    fields = {
        "number": "065/12/2026",
        "day": local_day(cast.office, timezone.now()),
        "subject": "Perbaikan data kinerja",
        "text": "Perbaiki data kinerja yang keliru.",
        "team": {cast.kasubag.pk: "Ketua", cast.staf.pk: "Anggota"},
        **more,
    }
    return actions.OrderInput(**fields)


def give_order(cast, run, who=None, *, key="", step="perintah", of=None, **more):
    task, by = open_task(run, step), cast.actor(who or cast.camat)
    return actions.give_order(task_id=task.pk, by=by, order=of or order(cast), key=key, **more)


def plan(cast, case, who=None, *, repairers=None, key="", **more):
    """The plan with whoever answers for each item as its repairer; repairers: figure -> pegawai."""
    due = local_day(cast.office, timezone.now()) + timedelta(days=2)
    entries = {}
    for item in CorrectionItem.objects.filter(correction=case).select_related("figure__unit"):
        unit = next(u for u in cast.units if u.pk == item.figure.unit_id)
        repairer = (repairers or {}).get(item.figure, head_of(cast, unit))
        entries[item.pk] = actions.PlanEntry(repairer.pk, due, "Rekap SIAK", "Salah unduh")
    entries |= more.pop("entries", {})
    task = open_task(case.run, "rencana")
    return actions.set_plan(task_id=task.pk, by=cast.actor(who or cast.kasubag), entries=entries, key=key, **more)


def repair(cast, run, member, who, *texts, step="perbaiki"):
    """A correction form filled with these values, and handed in."""
    sheet = forms.sheet_of(run, member)
    saved = forms.type_in(cast, sheet, who, *texts, cause="Salah ambil bulan April", reason="Sesuai rekap SIAK",
                          note="Rekap menyusul.")  # fmt: skip
    assert saved.is_clean, saved
    return forms.submit(cast, run, member, who, step=step)


def meeting(cast, **more):
    fields = {
        "held_at": timezone.now(),
        "place": "Ruang rapat",
        "leader": cast.sekretaris.pk,
        "minutes": "Rapat membahas usulan perbaikan.",
        "invited": [cast.sekretaris.pk, cast.kasubag.pk, cast.kasi[0].pk],
        "present": [cast.sekretaris.pk, cast.kasubag.pk],
        **more,
    }
    return actions.MeetingInput(**fields)


def meet(cast, run, choices, who=None, *, of=None, step="rapat", slot=0, **more):
    """A meeting that decided: item -> Decision, or a Choice."""
    given = {
        item.pk: choice if isinstance(choice, actions.Choice) else actions.Choice(Decision(choice), "rekap SIAK")
        for item, choice in choices.items()
    }
    task = open_task(run, step, slot=slot)
    return actions.hold_meeting(
        task_id=task.pk, by=cast.actor(who or cast.sekretaris), meeting=of or meeting(cast), choices=given, **more
    )
