"""Scales of predicates: which word a percentage has.

A scale is a row of classes from the top. Together they hold every percentage exactly once: each reaches down to its
bound, and the last one has no bound. Printed scales of whole numbers (91–100, 76–90) leave gaps; here a class begins at
its lower number, so that 90,5 is in the class that begins with 76. Percentages are judged as shown, with two decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from runut.lib.numbers import round_half_up


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


@dataclass(frozen=True, slots=True)
class Scale:
    """source: the rule or the practice that it is taken from."""

    code: str
    name: str
    source: str
    classes: tuple[Class, ...]

    def class_of(self, percent: Decimal) -> Class:
        shown = round_half_up(percent, 2)
        return next(one for one in self.classes if one.holds(shown))


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
