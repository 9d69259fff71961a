"""Scales of predicates: which word a percentage has.

A scale is a row of classes from the top. Together they hold every percentage exactly once: each reaches down to its
bound, and the last one has no bound. Printed scales of whole numbers (91–100, 76–90) leave gaps; here a class begins at
its lower number, so that 90,5 is in the class that begins with 76. Percentages are judged as shown, with two decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.numbers import format_number, round_half_up


@dataclass(frozen=True, slots=True)
class Class:
    """A word, and from where it holds: from its bound (`at`), or above it. The lowest class has no bound."""

    name: str
    bound: Decimal | None
    at: bool = True

    def holds(self, percent: Decimal) -> bool:
        if self.bound is None:
            return True
        return percent >= self.bound if self.at else percent > self.bound

    @property
    def rule(self) -> str:
        """From where it holds, in words."""
        if self.bound is None:
            return _("di bawahnya")
        words = _("mulai %(bound)s") if self.at else _("di atas %(bound)s")
        return words % {"bound": format_number(self.bound)}


@dataclass(frozen=True, slots=True)
class Scale:
    """code: what an indicator names it by. source: the rule or the practice that it is taken from."""

    code: str
    name: str
    source: str
    classes: tuple[Class, ...]

    def class_of(self, percent: Decimal) -> Class:
        shown = round_half_up(percent, 2)
        return next(one for one in self.classes if one.holds(shown))


def make_scale(code: str, name: str, source: str, classes: Sequence[Class]) -> Scale:
    """A scale in which every percentage has one word; Refused says which class is out of place."""
    if len(classes) < 2:
        raise Refused(_("Skala predikat memerlukan sedikitnya dua kelas."))
    for upper, lower in pairwise(classes):
        if upper.bound is None:
            raise Refused(
                _("Hanya kelas terbawah yang tanpa batas: beri “%(name)s” batas bawah.") % {"name": upper.name}
            )
        if lower.bound is not None and not _below(lower, upper):
            words = {"lower": lower.name, "upper": upper.name}
            raise Refused(_("Batas “%(lower)s” harus lebih rendah daripada batas “%(upper)s”.") % words)
    if classes[-1].bound is not None:
        raise Refused(
            _("Kelas terbawah “%(name)s” berlaku untuk semua sisanya: kosongkan batasnya.") % {"name": classes[-1].name}
        )
    names = [one.name.strip().casefold() for one in classes]
    if "" in names or len(set(names)) < len(names):
        raise Refused(_("Setiap kelas memerlukan namanya sendiri."))
    return Scale(code, name, source, tuple(classes))


def _below(lower: Class, upper: Class) -> bool:
    assert lower.bound is not None and upper.bound is not None
    return lower.bound < upper.bound or (lower.bound == upper.bound and lower.at and not upper.at)


def _from(*pairs: tuple[str, str], last: str, at: bool = True) -> tuple[Class, ...]:
    return (*(Class(name, Decimal(bound), at) for name, bound in pairs), Class(last, None))


SHIPPED: tuple[Scale, ...] = (
    Scale(
        "permendagri_86_2017", "Permendagri 86/2017", "Permendagri 86/2017",
        _from(("Sangat Tinggi", "91"), ("Tinggi", "76"), ("Sedang", "66"), ("Rendah", "51"), last="Sangat Rendah"),
    ),
    Scale(
        "enam_kelas", "Memuaskan sampai Kurang", "LKjIP Kabupaten Maluku Tengah 2021",
        _from(
            ("Memuaskan", "85"), ("Sangat Baik", "75"), ("Baik", "65"), ("Cukup Baik", "50"), ("Agak Kurang", "30"),
            last="Kurang", at=False,
        ),
    ),
    Scale(
        "tiga_kelas", "Baik, Cukup, Kurang", "LKjIP Disperindag Kabupaten Tasikmalaya",
        _from(("Baik", "80"), ("Cukup", "50"), last="Kurang"),
    ),
    Scale(
        "berhasil", "Sangat Berhasil sampai Kurang Berhasil", "aplikasi evaluasi SAKIP daerah",
        _from(("Sangat Berhasil", "100"), ("Berhasil", "75"), ("Cukup Berhasil", "55"), last="Kurang Berhasil"),
    ),
    Scale(
        "lampu", "Hijau, Kuning, Merah", "aplikasi e-SAKIP daerah",
        (Class("Hijau", Decimal(90), at=False), Class("Kuning", Decimal(70)), Class("Merah", None)),
    ),
)  # fmt: skip
