"""An office of the demonstration for a scenario: its procedures in force, its people by position."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from runut.collection.models import Figure
from runut.correction.actions.cases import open_case
from runut.organisation.queries import actor_of, local_day
from runut.sop.actions import start_run
from runut.sop.models import Task
from runut.web.demo.build import build_office, lead
from runut.web.demo.offices import secretariat
from runut.web.demo.people import invented_people
from runut.web.demo.perform import perform, play
from runut.web.demo.stage import raise_curtain

PASSWORD = "padi-menguning-2026"
QUARTER = (2026, 3)
# A Monday morning in October: the third quarter is over.
MORNING = datetime(2026, 10, 5, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


class Play:
    """A scenario's office, run and people; every act goes through the rooms' own actions."""

    def __init__(self, spec):
        people, hashed = invented_people(), make_password(PASSWORD)
        above = build_office(secretariat(spec.instansi), people=people, password=hashed, years=[2026])
        self.built = build_office(spec, people=people, password=hashed, years=[2026])
        self.head = next(job.code for job in spec.jobs if job.heads_office)
        lead(self.built.person(self.head), above.person("sekda"), self.built.since)
        self.stage = raise_curtain(self.built, PASSWORD)
        self.world = self.stage.world(QUARTER)
        self.run = None

    def start(self, code, job):
        self.run = start_run(sop=self.stage.sops[code], by=self.actor(job), title=f"{code} Triwulan III 2026")
        return self.run

    def person(self, job, which=0):
        return self.built.people[job][which]

    def actor(self, job, which=0):
        return self.of(self.person(job, which))

    def of(self, pegawai):
        from django.utils import timezone

        return actor_of(pegawai, local_day(self.built.office, timezone.now()))

    def task(self, step, member=None, run=None):
        here = {"branch__member": member} if member else {}
        rows = Task.objects.filter(run=run or self.run, step=step, state="open", **here).order_by("slot")
        return rows.select_related(
            "run__office", "run__version", "branch__pegawai", "branch__unit", "jabatan", "pegawai"
        ).first()

    def correct(self, code, run, wrong, by=None):
        """Open a case on figures of a run's period: indicator code -> corrected number."""
        figures = {
            f.pk: f for f in Figure.objects.filter(period__run=run).select_related("indicator__indicator")
            if f.indicator.indicator.code in wrong
        }  # fmt: skip
        for figure in figures.values():
            self.world.proposals[figure.pk] = Decimal(wrong[figure.indicator.indicator.code])
        case = open_case(
            source=run.period, sop=self.stage.sops[code], by=by or self.actor(self.head),
            items=dict.fromkeys(figures, "Tidak sesuai rekap."), reason="Selisih dengan data sumber.",
        )  # fmt: skip
        self.run = case.run
        return case

    def open_steps(self, run=None):
        rows = Task.objects.filter(run=run or self.run, state="open").order_by("pk")
        return sorted(set(rows.values_list("step", flat=True)))

    def until(self, step, run=None):
        """Let everybody do what is ordinary until this step is open."""
        play(self.world, run or self.run, until=step)

    def to_the_end(self, run=None):
        play(self.world, run or self.run)
        (run or self.run).refresh_from_db()

    def do(self, step, member=None, run=None):
        """Let whoever it is do one open step as is ordinary."""
        perform(self.world, self.task(step, member, run))


def member(pegawai):
    return f"p{pegawai.pk}"
