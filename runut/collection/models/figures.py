"""Numbers: what must be reported in a period, by whom, and every version of it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from runut.collection.models.editions import FormEdition
from runut.collection.rules.acts import VALIDATE, VERIFY, state_of_judged
from runut.collection.rules.components import Parts
from runut.lib.dates import Lang, period_words
from runut.organisation.models import Office, OfInstansi, Pegawai, Unit
from runut.organisation.permissions import Actor
from runut.planning.models import IndicatorVersion
from runut.sop.models import Run, Task
from runut.sop.models.running import TaskQuerySet


class Basis(models.TextChoices):
    UNIT = "unit", _("Unit kerja")
    PEGAWAI = "pegawai", _("Pegawai")


class PeriodQuerySet(models.QuerySet["Period"]):
    def visible_to(self, actor: Actor) -> PeriodQuerySet:
        """Periods of the offices the person works in, and of runs with a task for the person."""
        addressed = Task.objects.addressed_to(actor).values("run")
        return self.filter(models.Q(office__in=actor.office_ids) | models.Q(run__in=addressed))


class Period(OfInstansi):
    """A quarter (1 to 4) or a year (0) of one office, as it is collected by one run.

    `due_at`: by when forms are to be handed in, where the office set a day instead of the procedure's norm. `void`
    marks a period whose run was cancelled and that was then collected anew. Without a run it was never collected
    here: its figures come from old papers (`PastReport`).
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="periods")
    year = models.PositiveSmallIntegerField(_("tahun"))
    quarter = models.PositiveSmallIntegerField(_("triwulan"))
    basis = models.CharField(_("dasar"), max_length=20, choices=Basis)
    run = models.OneToOneField(Run, on_delete=models.PROTECT, null=True, related_name="period")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    void = models.BooleanField(default=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year", "quarter", "basis"], condition=models.Q(void=False), name="period_once"
            ),
            models.CheckConstraint(condition=models.Q(quarter__lte=4), name="period_quarter_0_to_4"),
        ]

    def __str__(self) -> str:
        """As the log keeps it, whatever the reader's language."""
        return period_words(self.year, self.quarter, self.office.terms)

    def get_absolute_url(self) -> str:
        return reverse("collection:period", args=[self.year, self.quarter])

    @property
    def name(self) -> str:
        """Triwulan III 2026, in the office's own word and the reader's language. `office` comes along."""
        lang: Lang = "en" if get_language() == "en" else "id"
        return period_words(self.year, self.quarter, self.office.terms, lang)

    @property
    def name_before(self) -> str:
        """What the period before is called, as `name` does: of a quarter the quarter before, of a year the year."""
        lang: Lang = "en" if get_language() == "en" else "id"
        year = self.year if self.quarter > 1 else self.year - 1
        return period_words(year, self.quarter and (self.quarter - 2) % 4 + 1, self.office.terms, lang)

    @property
    def collected_by(self) -> Run:
        """The run of a period that was collected here."""
        assert self.run is not None, "the figures of this period were copied from a paper"
        return self.run

    @property
    def audit_stream(self) -> str:
        """That of its run. Of old papers the office's, but apart where they are about a person: an admin reads that."""
        if self.run_id:
            return f"run:{self.run_id}"
        return f"office:{self.office_id}" if self.basis == Basis.UNIT else f"period:{self.pk}"


def _headed_by(actor: Actor) -> list[int]:
    """The offices that the person heads."""
    return [held.jabatan.office_id for held in actor.assignments if held.jabatan.heads_office]


class FigureQuerySet(models.QuerySet["Figure"]):
    def visible_to(self, actor: Actor) -> FigureQuerySet:
        """Units' figures: whoever works in the office. People's figures: whoever may see a sheet with it; of an old
        paper, which has no sheet: the person, the head of the office, and whoever typed it in.
        """
        own = models.Q(period__basis=Basis.UNIT, period__office__in=actor.office_ids)
        # Asked of the figure at hand: a list of all that the person may see would be every office's of every year.
        seen = models.Exists(Sheet.objects.visible_to(actor).filter(lines__figure=models.OuterRef("pk")))
        typed = Value.objects.filter(past_report__by=actor.pegawai_id).values("figure")
        about = models.Q(pegawai=actor.pegawai_id) | models.Q(period__office__in=_headed_by(actor))
        past = models.Q(period__run=None) & (about | models.Q(pk__in=typed))
        return self.filter(own | models.Q(seen) | past)


class Figure(OfInstansi):
    """One number: what is measured, of whom, in which period. It stays; its values come and go."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="figures")
    indicator = models.ForeignKey(IndicatorVersion, on_delete=models.PROTECT, related_name="figures")
    member = models.CharField(max_length=24)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    no = models.PositiveSmallIntegerField(_("urutan"))
    target = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    target_text = models.CharField(max_length=60, blank=True)
    annual_target = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    annual_target_text = models.CharField(max_length=60, blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "indicator", "member"], name="figure_once"),
            models.CheckConstraint(
                condition=models.Q(pegawai__isnull=True) ^ models.Q(unit__isnull=True),
                name="figure_of_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.indicator_id} {self.member}"

    def get_absolute_url(self) -> str:
        return reverse("collection:figure", args=[self.pk])


class SheetKind(models.TextChoices):
    COLLECTION = "collection", _("Pengumpulan")
    CORRECTION = "correction", _("Perbaikan")


class SheetState(models.TextChoices):
    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Diajukan")
    RETURNED = "returned", _("Dikembalikan")
    VALIDATED = "validated", _("Tervalidasi")
    SIGNED = "signed", _("Ditandatangani")
    PUBLISHED = "published", _("Terbit")


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, actor: Actor) -> SheetQuerySet:
        """Units' sheets: whoever works in the office.

        A person's sheet: the person, the head of the office, whoever has or had a task for the whole
        run, and whoever has or had a task for this very sheet (the direct superior).
        """
        tasks = _tasks_of(actor)
        of_sheet = tasks.filter(run=models.OuterRef("run"), branch__member=models.OuterRef("member"))
        return self.filter(_open_to(actor, tasks) | models.Q(models.Exists(of_sheet)))

    def of_run_visible_to(self, run_id: int | None, actor: Actor) -> SheetQuerySet:
        """What `visible_to` and `of_run` give together, of one run: asked once for all its forms, not form by form."""
        tasks = _tasks_of(actor)
        mine = tasks.filter(run=run_id, branch__isnull=False).values("branch__member")
        return self.of_run(run_id).filter(_open_to(actor, tasks) | models.Q(member__in=mine))

    def of_run(self, run: Run | int | None) -> SheetQuerySet:
        """The sheets of a run, less those of members who were taken out of the collection; none without a run."""
        # One list of who left, and not a look for each sheet: PostgreSQL reads all tasks of a young run at each look.
        left = Task.objects.filter(run=run, branch__state="dropped", work="fill").values("branch__member")
        return self.filter(run=run).exclude(member__in=left)

    def still_asked(self) -> SheetQuerySet:
        """Less those of members who were taken out of the collection."""
        left = Task.objects.filter(
            run=models.OuterRef("run"), branch__member=models.OuterRef("member"), branch__state="dropped", work="fill"
        )
        return self.exclude(models.Exists(left))

    def locked(self, pk: int) -> Sheet:
        rows = self.select_for_update(of=("self",)).select_related("period__office", "run", "unit", "pegawai")
        return rows.get(pk=pk)


def _tasks_of(actor: Actor) -> TaskQuerySet:
    """What the person has to do, or did."""
    return Task.objects.addressed_to(actor) | Task.objects.filter(done_by=actor.pegawai_id)


def _open_to(actor: Actor, tasks: TaskQuerySet) -> models.Q:
    """The sheets that a person sees without a task for them: by the office, as one's own, as its head, by the run."""
    heads = [held.jabatan.office_id for held in actor.assignments if held.jabatan.heads_office]
    of_run = tasks.filter(branch__isnull=True).values("run")
    return (
        models.Q(period__basis=Basis.UNIT, period__office__in=actor.office_ids)
        | models.Q(pegawai=actor.pegawai_id)
        | models.Q(period__office__in=heads)
        | models.Q(run__in=of_run)
    )


class Sheet(OfInstansi):
    """What one unit or one pegawai must fill in for one run: a collection form or a correction form.

    `edition`: how the form looked when it was made; without one, the official form. `looked_at`: when the one who
    checks it first opened it since it was handed in. `validated_*`, `verified_*`: those acts in the present round.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="sheets")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="sheets")
    kind = models.CharField(max_length=20, choices=SheetKind, default=SheetKind.COLLECTION)
    edition = models.ForeignKey(FormEdition, on_delete=models.PROTECT, null=True, related_name="sheets")
    member = models.CharField(max_length=24)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=SheetState, default=SheetState.DRAFT)
    round = models.PositiveSmallIntegerField(default=1)
    rev = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    validated_at = models.DateTimeField(null=True)
    validated_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "period", "member"], name="sheet_once_per_run"),
        ]
        indexes = [models.Index(fields=["period", "state"], name="sheet_of_period")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("collection:sheet", args=[self.pk])

    @property
    def subject(self) -> str:
        """Whose sheet it is, in words."""
        if self.pegawai is not None:
            return self.pegawai.full_name
        return self.unit.name if self.unit else self.member

    @property
    def judged(self) -> tuple[str, ...]:
        """The acts of judging that it has behind it in its present round."""
        return tuple(act for act, at in ((VALIDATE, self.validated_at), (VERIFY, self.verified_at)) if at)

    @property
    def state_label(self) -> str:
        """How far it is, in words: of a form that was found right by which act, too."""
        return state_of_judged(self.judged) if self.state == SheetState.VALIDATED else str(self.get_state_display())

    @property
    def is_correction(self) -> bool:
        return self.kind == SheetKind.CORRECTION

    @property
    def audit_stream(self) -> str:
        return f"run:{self.run_id}"


class Measure(models.TextChoices):
    """What a cell says: a number, or why there is none. Only MEASURED enters an average.

    NIL: nothing of the kind took place in the period. It is a statement with its reason, not the number 0.
    """

    MEASURED = "measured", _("Angka")
    NOT_FILLED = "not_filled", _("Belum diisi")
    NOT_MEASURED = "not_measured", _("Tidak diukur")
    AWAITING_RELEASE = "awaiting_release", _("Menunggu rilis")
    NIL = "nil", _("Nihil")


class Verdict(models.TextChoices):
    NONE = "", _("Belum diperiksa")
    FINE = "fine", _("Sesuai")
    NOTED = "noted", _("Diberi catatan")


class Line(OfInstansi):
    """A row of a sheet: the draft of one figure, edited freely until the sheet is submitted.

    `keys`: under which its last writes were sent, so that one that arrives twice is written once. `numerator`,
    `denominator`: what the amount is worked out from, where the dictionary says so; both of them make an amount.
    `nil_reason`: what reporting the form nil wrote in the note.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="lines")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="lines")
    amount = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    text = models.CharField(max_length=60, blank=True)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    measure = models.CharField(max_length=20, choices=Measure, default=Measure.NOT_FILLED)
    note = models.TextField(_("keterangan"), blank=True)
    nil_reason = models.TextField(blank=True)
    cause = models.TextField(_("penyebab kesalahan"), blank=True)
    reason = models.TextField(_("alasan perubahan"), blank=True)
    rev = models.PositiveIntegerField(default=0)
    keys = models.JSONField(default=list)
    edited_at = models.DateTimeField(null=True)
    edited_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    editable = models.BooleanField(default=True)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.NONE, blank=True)
    # Of a repair: what is wrong, which evidence is wanted, until when; and whether evidence is wanted at all.
    asked = models.TextField(blank=True)
    needs_evidence = models.BooleanField(default=False)
    verdict_note = models.TextField(blank=True)
    corrects = models.ForeignKey("Value", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "figure"], name="line_once_per_sheet")]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.figure_id}"

    @property
    def parts(self) -> Parts:
        return Parts(self.numerator, self.denominator)

    @property
    def asks(self) -> bool:
        """Whether a value is wanted: not of what the plan does not measure in the period, unless somebody wrote it."""
        return self.measure != Measure.NOT_MEASURED or self.edited_at is not None or self.corrects_id is not None


class ValueQuerySet(models.QuerySet["Value"]):
    def current(self) -> ValueQuerySet:
        """The versions that no later one supersedes.

        Asked of the version at hand: as a join PostgreSQL begins with all that was ever reported.
        """
        return self.filter(~models.Exists(Value.objects.filter(supersedes=models.OuterRef("pk"))))


class Value(OfInstansi):
    """One version of a figure, as submitted or decided. Never changed, never deleted.

    A later version names the one it supersedes, with its cause and reason. past_report: the old paper it was copied
    from.
    """

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="values")
    no = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    text = models.CharField(max_length=60, blank=True)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    measure = models.CharField(max_length=20, choices=Measure)
    target = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    target_text = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, null=True, related_name="values")
    past_report = models.ForeignKey("PastReport", on_delete=models.PROTECT, null=True, related_name="values")
    round = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=200)

    objects = ValueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["figure", "no"], name="value_version_once"),
            models.CheckConstraint(
                condition=models.Q(no=1) | models.Q(supersedes__isnull=False),
                name="later_value_supersedes_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure_id} v{self.no}"

    @property
    def parts(self) -> Parts:
        return Parts(self.numerator, self.denominator)
