"""Scales of predicates: which word a percentage has.

A scale is a row of classes from the top. Together they hold every percentage exactly once: each reaches down to its
bound, and the last one has no bound. Printed scales of whole numbers (91–100, 76–90) leave gaps; here a class begins at
its lower number, so that 90,5 is in the class that begins with 76. Percentages are judged as shown, with two decimals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.lib.errors import Refused
from runut.lib.numbers import format_number, round_half_up

FEWEST, MOST = 2, 8


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
    def reach(self) -> str:
        """From where it holds, in words; of the lowest class that it holds for all the rest."""
        if self.bound is None:
            return _("di bawahnya")
        bound = format_number(self.bound)
        return (_("mulai %(bound)s %%") if self.at else _("di atas %(bound)s %%")) % {"bound": bound}


@dataclass(frozen=True, slots=True)
class Scale:
    """source: the rule or the practice that it is taken from. Without classes no percentage has a word."""

    code: str
    name: str
    source: str
    classes: tuple[Class, ...]

    @property
    def told(self) -> str:
        """The scale and where it comes from, as a report names it."""
        return self.name if self.source in ("", self.name) else f"{self.name} ({self.source})"

    def class_of(self, percent: Decimal) -> Class:
        shown = round_half_up(percent, 2)
        return next(one for one in self.classes if one.holds(shown))


def _from(*pairs: tuple[str, str], last: str, at: bool = True) -> tuple[Class, ...]:
    return (*(Class(name, Decimal(bound), at) for name, bound in pairs), Class(last, None))


SHIPPED: tuple[Scale, ...] = (
    Scale(
        "permendagri_86_2017",
        "Permendagri 86/2017",
        "Permendagri 86/2017",
        _from(
            (gettext_noop("Sangat Tinggi"), "91"),
            (gettext_noop("Tinggi"), "76"),
            (gettext_noop("Sedang"), "66"),
            (gettext_noop("Rendah"), "51"),
            last=gettext_noop("Sangat Rendah"),
        ),
    ),
    Scale(
        "enam_kelas",
        gettext_noop("Memuaskan sampai Kurang"),
        "LKjIP Kabupaten Maluku Tengah 2021",
        _from(
            (gettext_noop("Memuaskan"), "85"),
            (gettext_noop("Sangat Baik"), "75"),
            (gettext_noop("Baik"), "65"),
            (gettext_noop("Cukup Baik"), "50"),
            (gettext_noop("Agak Kurang"), "30"),
            last=gettext_noop("Kurang"),
            at=False,
        ),
    ),
    Scale(
        "tiga_kelas",
        gettext_noop("Baik, Cukup, Kurang"),
        "LKjIP Disperindag Kabupaten Tasikmalaya",
        _from((gettext_noop("Baik"), "80"), (gettext_noop("Cukup"), "50"), last=gettext_noop("Kurang")),
    ),
    Scale(
        "berhasil",
        gettext_noop("Sangat Berhasil sampai Kurang Berhasil"),
        "aplikasi evaluasi SAKIP daerah",
        _from(
            (gettext_noop("Sangat Berhasil"), "100"),
            (gettext_noop("Berhasil"), "75"),
            (gettext_noop("Cukup Berhasil"), "55"),
            last=gettext_noop("Kurang Berhasil"),
        ),
    ),
    Scale(
        "lampu",
        gettext_noop("Hijau, Kuning, Merah"),
        "aplikasi e-SAKIP daerah",
        (
            Class(gettext_noop("Hijau"), Decimal(90), at=False),
            Class(gettext_noop("Kuning"), Decimal(70)),
            Class(gettext_noop("Merah"), None),
        ),
    ),
)


# Of an indicator whose percentage says nothing by a word, such as a count or money.
WORDLESS = Scale("tanpa", gettext_noop("Tanpa predikat"), "", ())

# What an office goes by: asked for only where a percentage needs its word.
OfOffice = Callable[[], Scale | None]


def no_scale() -> Scale | None:
    """Of an office that puts no word to its percentages."""
    return None


def word_of(scale: Scale | None, percent: Decimal | None) -> str:
    """The word of a percentage; empty without one, or where no scale gives it a word."""
    return scale.class_of(percent).name if scale is not None and scale.classes and percent is not None else ""


def word_for(percent: Decimal | None, own: Scale | None, of_office: OfOffice) -> str:
    """The word of an indicator's percentage: by the scale of its own, else by that of its office."""
    return word_of(own or of_office(), percent) if percent is not None else ""


def scale_by_code(code: str) -> Scale | None:
    """A shipped scale."""
    return next((one for one in SHIPPED if one.code == code), None)


def own_scale(name: str, source: str, pairs: Sequence[tuple[str, Decimal | None]]) -> Scale:
    """An office's own scale from its classes as typed: a word each, and from which percentage it holds.

    Read from the top; the lowest class has no bound. Refused says what is wrong, `code` which row (`class_2`).
    """
    if not FEWEST <= len(pairs) <= MOST:
        raise Refused(_("Isi dua sampai delapan predikat, dari yang tertinggi."), code="class_1")
    words = [" ".join(word.split()).casefold() for word, _bound in pairs]
    for no, (word, bound) in enumerate(pairs, 1):
        if words.index(words[no - 1]) != no - 1:
            raise Refused(_("“%(word)s” sudah dipakai untuk kelas lain.") % {"word": word}, code=f"class_{no}")
        _check_bound(no, len(pairs), bound, pairs[no - 2][1] if no > 1 else None)
    return Scale("", name, source, tuple(Class(" ".join(word.split()), bound) for word, bound in pairs))


def _check_bound(no: int, last: int, bound: Decimal | None, above: Decimal | None) -> None:
    if no == last:
        if bound is not None:
            raise Refused(_("Predikat terendah berlaku untuk semua sisanya; kosongkan batasnya."), code=f"from_{no}")
        return
    if bound is None:
        raise Refused(_("Isi mulai berapa persen predikat ini berlaku."), code=f"from_{no}")
    if above is not None and bound >= above:
        raise Refused(_("Batasnya harus lebih rendah daripada predikat di atasnya."), code=f"from_{no}")


def as_stored(scale: Scale) -> list[dict[str, object]]:
    """The classes as JSON: word, bound as text or null, and whether the bound itself is in."""
    return [
        {"name": one.name, "bound": None if one.bound is None else f"{one.bound:f}", "at": one.at}
        for one in scale.classes
    ]


def from_stored(name: str, source: str, classes: Sequence[Mapping[str, object]]) -> Scale:
    """The scale that `as_stored` wrote."""
    return Scale("", name, source, tuple(_class(one) for one in classes))


def as_kept(scale: Scale | None) -> dict[str, object]:
    """A scale as JSON with its name and basis; {} for none."""
    return {"name": scale.name, "source": scale.source, "classes": as_stored(scale)} if scale else {}


def from_kept(stored: Mapping[str, object]) -> Scale | None:
    """What `as_kept` wrote."""
    if not stored:
        return None
    classes = stored["classes"]
    assert isinstance(classes, list), "classes are kept as a list"
    return from_stored(str(stored["name"]), str(stored["source"]), classes)


def _class(stored: Mapping[str, object]) -> Class:
    bound = stored["bound"]
    return Class(str(stored["name"]), None if bound is None else Decimal(str(bound)), bool(stored["at"]))
