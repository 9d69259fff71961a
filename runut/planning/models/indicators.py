"""What is measured and promised: indicators, their definitions in versions, their targets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from runut.lib.dates import short_date
from runut.organisation.models import Jabatan, Office, OfInstansi, Pegawai, Unit
from runut.organisation.permissions import Actor, managed_office_ids
from runut.planning.models.activities import Kegiatan
from runut.planning.models.plans import Sasaran, Tujuan
from runut.planning.rules import Scale, from_kept, written_months


class Level(models.TextChoices):
    TUJUAN = "tujuan", _("Tujuan")
    SASARAN = "sasaran", _("Sasaran")
    PROGRAM = "program", _("Program")
    KEGIATAN = "kegiatan", _("Kegiatan")
    SUB_KEGIATAN = "sub_kegiatan", _("Sub kegiatan")
    INDIVIDUAL = "individu", _("Individu")


class IndicatorKind(models.TextChoices):
    IKU = "iku", _("IKU (utama)")
    IKK = "ikk", _("IKK (kunci)")
    IKD = "ikd", _("IKD (daerah)")
    IKI = "iki", _("IKI (individu)")
    SPM = "spm", _("SPM")
    PROGRAM = "program", _("Indikator program atau kegiatan")


class Frequency(models.TextChoices):
    MONTHLY = "bulanan", _("Setiap bulan")
    QUARTERLY = "triwulanan", _("Setiap triwulan")
    HALF_YEARLY = "semesteran", _("Setiap semester")
    YEARLY = "tahunan", _("Setahun sekali")


class Polarity(models.TextChoices):
    POSITIVE = "positive", _("Makin tinggi makin baik")
    NEGATIVE = "negative", _("Makin rendah makin baik")
    RANGE = "range", _("Paling baik di dalam rentang target")
    STABLE = "stable", _("Makin dekat target makin baik")


class Method(models.TextChoices):
    """How a number is held against its target where the direction alone does not say it."""

    __empty__ = _("Menurut arahnya")
    INVERSE = "inverse", _("Target ÷ realisasi")
    REDUCTION = "reduction", _("Penurunan dari target")
    MAXIMUM = "maximum", _("Paling banyak sebesar target")


class ValueType(models.TextChoices):
    NUMBER = "number", _("Angka")
    ORDINAL = "ordinal", _("Predikat")


class ValueKind(models.TextChoices):
    """What a number counts, or that a word is yes or no; empty where the value type says all there is."""

    __empty__ = _("Menurut jenis nilai")
    PERCENT = "percent", _("Persen")
    INDEX = "index", _("Indeks")
    RATIO = "ratio", _("Rasio")
    RUPIAH = "rupiah", _("Rupiah")
    TIME = "time", _("Waktu")
    YES_NO = "yes_no", _("Ya atau tidak")


class Cascading(models.TextChoices):
    """How an indicator came from the one above it (manual IKU, Kementerian Keuangan)."""

    __empty__ = _("Belum ditetapkan")
    MAP = "map", _("CP: cascading peta")
    DIRECT = "direct", _("C: cascading nonpeta")
    NONE = "none", _("N: noncascading")


class Aggregation(models.TextChoices):
    CUMULATIVE = "cumulative", _("Akumulasi")
    LAST = "last", _("Nilai akhir")
    AVERAGE = "average", _("Rata-rata")
    RELEASE = "release", _("Rilis resmi")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, actor: Actor) -> IndicatorQuerySet:
        """The office's own; those of a person: that person, and who looks after the office."""
        kept = models.Q(office__in=managed_office_ids(actor))
        open_to_all = models.Q(pegawai__isnull=True) | models.Q(pegawai=actor.pegawai_id)
        return self.filter(kept | open_to_all, office__in=actor.office_ids)

    def lasting(self, day: date) -> IndicatorQuerySet:
        """Those that had not been ended before a day; what begins later is among them."""
        return self.filter(_has_version(day))

    def ended(self, day: date) -> IndicatorQuerySet:
        """Those of which the last version had ended before a day."""
        return self.filter(~_has_version(day))


def _has_version(day: date) -> models.Exists:
    on_or_after = models.Q(end__isnull=True) | models.Q(end__gte=day)
    return models.Exists(IndicatorVersion.objects.filter(on_or_after, indicator=models.OuterRef("pk")))


class Indicator(OfInstansi):
    """What is measured. The identity that stays; its definition lives in versions."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(_("kode"), max_length=40)
    level = models.CharField(_("tingkat"), max_length=20, choices=Level)
    tujuan = models.ForeignKey(Tujuan, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators")
    sasaran = models.ForeignKey(Sasaran, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators")
    kegiatan = models.ForeignKey(Kegiatan, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators")
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators")
    # Cascading: which indicator above this one serves, and the position that answers for it.
    serves = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="served_by")
    jabatan = models.ForeignKey(Jabatan, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "code"], name="indicator_code_once")]

    objects = IndicatorQuerySet.as_manager()

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("planning:indicator", args=[self.pk])

    @property
    def audit_stream(self) -> str:
        return f"office:{self.office_id}"


class IndicatorVersion(OfInstansi):
    """How an indicator was defined from one day to another; what was measured then keeps it."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    no = models.PositiveSmallIntegerField(_("versi"), default=1)
    name = models.CharField(_("nama indikator"), max_length=300)
    unit_of_measure = models.CharField(_("satuan"), max_length=60)
    polarity = models.CharField(_("arah"), max_length=20, choices=Polarity, default=Polarity.POSITIVE)
    method = models.CharField(_("cara menghitung capaian"), max_length=20, choices=Method, blank=True)
    value_type = models.CharField(_("jenis nilai"), max_length=20, choices=ValueType, default=ValueType.NUMBER)
    value_kind = models.CharField(_("rincian jenis nilai"), max_length=20, choices=ValueKind, blank=True)
    aggregation = models.CharField(_("penggabungan"), max_length=20, choices=Aggregation, default=Aggregation.LAST)
    decimals = models.PositiveSmallIntegerField(_("angka desimal"), default=2)
    cap = models.DecimalField(_("batas atas capaian"), max_digits=9, decimal_places=4, null=True, blank=True)
    scale = models.JSONField(_("urutan predikat"), default=list, blank=True)
    # The scale of its own that puts a word to its percentage, with name, source and classes; empty: the office's.
    predicate_scale = models.JSONField(_("skala predikat"), default=dict, blank=True)
    kind = models.CharField(_("macam"), max_length=20, choices=IndicatorKind, default=IndicatorKind.IKU)
    why = models.TextField(_("alasan pemilihan"), blank=True)
    definition = models.TextField(_("definisi operasional"), blank=True)
    formula = models.TextField(_("cara menghitung"), blank=True)
    numerator = models.CharField(_("pembilang"), max_length=200, blank=True)
    denominator = models.CharField(_("penyebut"), max_length=200, blank=True)
    numerator_unit = models.CharField(_("satuan pembilang"), max_length=60, blank=True)
    denominator_unit = models.CharField(_("satuan penyebut"), max_length=60, blank=True)
    multiplier = models.DecimalField(_("pengali"), max_digits=12, decimal_places=4, default=Decimal(100))
    frequency = models.CharField(
        _("frekuensi pengukuran"), max_length=20, choices=Frequency, default=Frequency.QUARTERLY
    )
    # 1 to 12; empty: as the frequency has it.
    months = models.JSONField(_("bulan ukur"), default=list, blank=True)
    source = models.CharField(_("sumber data"), max_length=200, blank=True)
    producer = models.CharField(_("produsen data"), max_length=200, blank=True)
    keeper = models.ForeignKey(
        Unit, verbose_name=_("unit penanggung jawab"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    supplier = models.ForeignKey(
        Unit, verbose_name=_("unit penyedia data"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact = models.CharField(_("narahubung"), max_length=150, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("tahun data dasar"), null=True, blank=True)
    baseline = models.CharField(_("data dasar"), max_length=60, blank=True)
    evidence_needed = models.CharField(_("bukti dukung wajib"), max_length=300, blank=True)
    cascading = models.CharField(_("jenis cascading"), max_length=20, choices=Cascading, blank=True)
    links = models.CharField(_("tautan SDGs, SPM, IKK"), max_length=120, blank=True)
    publishable = models.BooleanField(_("boleh dipublikasikan"), default=True)
    revision_reason = models.CharField(_("alasan perubahan"), max_length=300, blank=True)
    notes = models.TextField(_("keterangan"), blank=True)
    start = models.DateField(_("mulai berlaku"))
    end = models.DateField(_("sampai"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "no"], name="indicator_version_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def own_scale(self) -> Scale | None:
        """The scale by which its percentages are called; None where it goes by the office's."""
        return from_kept(self.predicate_scale)

    @property
    def value_words(self) -> str:
        """What its value is: Angka, Indeks, Predikat …"""
        return str(self.get_value_kind_display() if self.value_kind else self.get_value_type_display())

    @property
    def is_over(self) -> bool:
        return self.end is not None and self.end < timezone.localdate()

    @property
    def ended_words(self) -> str:
        """Until when it holds or held; "" where that is open."""
        if self.end is None:
            return ""
        sentence = _("Berakhir %(day)s") if self.is_over else _("Berlaku sampai %(day)s")
        return str(sentence) % {"day": short_date(self.end)}

    @property
    def months_words(self) -> str:
        return written_months(self.months)

    @property
    def is_quotient(self) -> bool:
        """Whether its value is worked out from a numerator and a denominator."""
        return bool(self.numerator and self.denominator) and self.value_type == ValueType.NUMBER


class Target(OfInstansi):
    """What was promised for a year (quarter 0) or a quarter; a revision is a new row.

    `amount` is empty when nothing is measured then; `text` carries an ordinal target (WTP, BB).
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField(_("tahun"))
    quarter = models.PositiveSmallIntegerField(_("triwulan"), default=0)
    no = models.PositiveSmallIntegerField(_("versi"), default=1)
    amount = models.DecimalField(_("target"), max_digits=24, decimal_places=6, null=True, blank=True)
    text = models.CharField(_("target predikat"), max_length=60, blank=True)
    basis = models.CharField(_("dasar"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "quarter", "no"], name="target_version_once"),
            models.CheckConstraint(condition=models.Q(quarter__lte=4), name="target_quarter_0_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}/{self.quarter}"
