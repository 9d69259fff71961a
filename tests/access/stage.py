"""An office with a thing for every address: three procedures and two corrections played to their end.

One person's figures carry marks that nobody else may read. At the end a step of every kind is opened once
more, so that each work page has somebody who may work on it.
"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from runut.collection.actions import LineVerdict, add_evidence, review_sheet
from runut.collection.models import PaperEntry, PastReport, PastScan, Period, YearRun
from runut.collection.queries import rows_of
from runut.correction.actions.cases import open_case
from runut.correction.actions.reports import report_error
from runut.lib.nip import synthetic_nip
from runut.organisation.actions import close_assignment
from runut.organisation.models import Assignment, Pegawai, User
from runut.sop.models import Run, Task, TaskFile
from runut.web.demo import kecamatan
from runut.web.demo.build import build_office
from runut.web.demo.offices import INSPEKTORAT, KINTOM
from runut.web.demo.people import invented_people
from tests import cast
from tests.scenarios.stage import Play, member

# What stands in one person's sheet, its evidence, its review and its correction.
SECRETS = ("RAHASIA", "77.12", "7712")
STRANGERS = ("colleague", "admin", "neighbour", "inspektur", "elsewhere", "anonymous", "leaver")
FIRST, AGAIN, CORRECTED = Decimal(77123), Decimal(77124), Decimal(77125)
BY_UNIT = {"kepala": ("camat",), "sekretaris": ("sekcam",), "staf": ("pengolah",), "perencana": ("sungram",)}
JOBS = kecamatan.jobs("Camat Contoh")
SPEC = replace(
    KINTOM,
    instansi="majapura",
    zone="Asia/Jakarta",
    jobs=JOBS,
    indicators=(
        *(row for job in JOBS if job.kind != "admin" for row in kecamatan.individual(job.code, f"IKI-{job.code}")),
        *kecamatan.INDICATORS,
    ),
    sops={
        "inspektorat": {"kepala": ("camat",), "staf": ("adm_umum",)},
        "kintom": KINTOM.sops["kintom"],
        "kemlagi": {
            **BY_UNIT,
            "kepala_unit": ("umpeg", "sungram", "kasi_pem", "kasi_pmd", "kasi_trantib", "kasi_pel"),
        },
        "ngoro": BY_UNIT,
    },
)


def secrets_in(answer):
    """What the answer tells of a person's form, evidence, review and correction."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return [secret for secret in SECRETS if secret.encode() in body]


class Access:
    """The people by role, and the things by name."""

    def __init__(self):
        self.play = play = Play(SPEC)
        self.owner = play.person("pel_pem")
        self.personal = play.start("inspektorat", "adm_umum")
        self._collect_personal()
        self.units = play.start("kemlagi", "camat")
        play.to_the_end()
        self.case = play.correct("ngoro", self.units, {"IKU-01": "83.75"})
        play.to_the_end()
        self.report = report_error(
            figure=self.figure, by=play.of(self.owner), what="RAHASIA-laporan", proposed=str(CORRECTED)
        )
        self._people()
        YearRun.objects.create(instansi=play.built.office.instansi, run=self.personal, year=2026, basis="pegawai")
        self.tasks = {work: self._open_once_more(work) for work in self._kinds()}
        # No procedure of the library has a step of this kind: one that passes something on stands for it.
        other = Task.objects.filter(work="coordinate", state="done").latest("pk")
        Task.objects.filter(pk=other.pk).update(work="do", state="open", outcome="", done_at=None, due_at=None)
        self.tasks["do"] = Task.objects.get(pk=other.pk)

    def _collect_personal(self):
        """The person's first answer is sent back, corrected, corrected again as a case, signed and published."""
        play, mine = self.play, member(self.owner)
        play.until("isi")
        self.sheet = self.personal.sheets.get(member=mine)
        line = rows_of(self.sheet)[0].line
        self.figure = line.figure
        play.world.proposals[self.figure.pk] = FIRST
        paper = SimpleUploadedFile("RAHASIA-bukti.pdf", b"%PDF-1.4 x")
        self.evidence = add_evidence(line=line, by=play.of(self.owner), upload=paper)
        play.do("isi", mine)
        play.world.proposals[self.figure.pk] = AGAIN
        review_sheet(
            task_id=play.task("periksa", mine).pk, by=play.actor("kasi_pem"), outcome="return",
            verdicts={line.pk: LineVerdict(noted=True, note="RAHASIA-catatan")},
        )  # fmt: skip
        play.until("tandatangan")
        play.world.proposals[self.figure.pk] = CORRECTED
        self.personal_case = open_case(
            source=self.personal.period, sop=play.stage.sops["kintom"], by=play.actor("camat"),
            items={self.figure.pk: "RAHASIA-keliru"}, reason="Selisih dengan data sumber.",
        )  # fmt: skip
        play.to_the_end(self.personal_case.run)
        play.to_the_end(self.personal)

    def _people(self):
        play = self.play
        neighbour = build_office(INSPEKTORAT, people=_further_people(), password="", years=[2026])
        elsewhere = cast.build_office()
        self.leaver = play.person("pel_trantib")
        day = timezone.localdate() - timedelta(days=1)
        held = Assignment.objects.get(pegawai=self.leaver)
        close_assignment(assignment=held, end=day, reason="Pensiun", by=play.actor("camat"))
        self.people = {
            "anonymous": None,
            "person": self.owner,
            "superior": play.person("kasi_pem"),
            "colleague": play.person("pel_pel"),
            "head": play.person("camat"),
            "admin": self._admin(),
            "neighbour": neighbour.person("auditor1"),
            "inspektur": neighbour.person("inspektur"),
            "elsewhere": elsewhere.camat,
            "leaver": self.leaver,
        }

    def _admin(self):
        """Somebody who does nothing but look after the system."""
        built = self.play.built
        admin = Pegawai.objects.create(
            instansi=built.office.instansi, office=built.office, name="Admin Contoh",
            nip=synthetic_nip(timezone.localdate().replace(1990, 1, 1), (2015, 3), 1, 999),
        )  # fmt: skip
        User.objects.create_user(login=admin.nip, pegawai=admin)
        Assignment.objects.create(
            instansi=built.office.instansi, pegawai=admin, jabatan=built.jobs["admin"], exclusive=False,
            start=built.since,
        )  # fmt: skip
        return admin

    def _kinds(self):
        return Task.objects.order_by("work").values_list("work", flat=True).distinct()

    def _open_once_more(self, work):
        rows = Task.objects.filter(work=work, state="done")
        if work in ("fill", "review"):
            rows = rows.filter(run=self.personal, branch__member=member(self.owner))
        elif rows.filter(run=self.personal).exists():
            rows = rows.filter(run=self.personal)
        task = rows.order_by("-pk").first()
        Task.objects.filter(pk=task.pk).update(state="open", outcome="", done_at=None, due_at=None)
        Run.objects.filter(pk=task.run_id).update(state="running", ended_at=None)
        return Task.objects.get(pk=task.pk)

    def whose(self, work):
        """Who has the open task of this kind to do."""
        return self.play.world.holder(self.tasks[work]).pegawai

    @property
    def file(self):
        """A paper kept with a task of the run of personal figures."""
        task, size = self.tasks["coordinate"], 10
        return TaskFile.objects.create(
            instansi_id=task.instansi_id, task=task, name="nota.pdf", file=ContentFile(b"%PDF-1.4 x", name="x.pdf"),
            content_type="application/pdf", size=size, sha256="0" * 64, uploaded_at=timezone.now(),
            uploaded_by=self.owner,
        )  # fmt: skip

    @property
    def paper(self):
        """The person's form as it was handed in on paper."""
        return PaperEntry.objects.create(
            instansi_id=self.sheet.instansi_id, sheet=self.sheet, round=1, by=self.owner, by_title="Pelaksana",
            at=timezone.now(), name="RAHASIA-formulir.pdf", file=ContentFile(b"%PDF-1.4 x", name="y.pdf"),
            content_type="application/pdf", size=10, sha256="0" * 64,
        )  # fmt: skip

    @property
    def past(self):
        """An old paper with the person's figures, which the person copied in earlier days."""
        period = Period.objects.create(
            instansi_id=self.sheet.instansi_id, office=self.play.built.office, year=2024, quarter=4, basis="pegawai",
            opened_at=timezone.now(),
        )  # fmt: skip
        return PastReport.objects.create(
            instansi_id=self.sheet.instansi_id, period=period, signed_on=timezone.localdate(), signer="RAHASIA-kasi",
            name="RAHASIA-laporan.pdf", file=ContentFile(b"%PDF-1.4 x", name="z.pdf"), content_type="application/pdf",
            size=10, sha256="0" * 64, at=timezone.now(), by=self.owner, by_title="Pelaksana",
        )  # fmt: skip

    @property
    def past_scan(self):
        """Such an old paper's scan."""
        report = self.past
        return PastScan.objects.create(
            instansi_id=report.instansi_id, report=report, name="RAHASIA-pindaian.pdf", size=10, sha256="0" * 64,
            file=ContentFile(b"%PDF-1.4 x", name="q.pdf"), content_type="application/pdf", at=timezone.now(),
            by=self.owner, by_title="Pelaksana",
        )  # fmt: skip


def _further_people():
    """Invented people whose numbers the office on stage has not used."""
    people = invented_people()
    for _taken in range(60):
        next(people)
    return people
