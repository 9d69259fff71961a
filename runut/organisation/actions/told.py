"""What a row of a table changes, in words, and what stood there when somebody looked at that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import Model
from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.numbers import format_number

# Of each thing that a row says: what it is called, what is kept there now, and that in words; as JSON keeps it.
Stood = list[list[object]]


def changes(*pairs: tuple[str, object, object]) -> str:
    """What changes, a line each: heading, what was, what will be. Nothing of what stays as it was."""
    return "\n".join(
        _("%(what)s: %(before)s → %(after)s") % {"what": what, "before": written(before), "after": written(after)}
        for what, before, after in pairs
        if before != after
    )


def belongs(*pairs: tuple[str, object]) -> str:
    """Where something new belongs, a line each; what is not said is left out."""
    return "\n".join(f"{what}: {written(value)}" for what, value in pairs if value not in (None, ""))


def written(value: object) -> str:
    """A value as somebody reads it in a change."""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, Decimal):
        return format_number(value)
    return str(value) if value not in (None, "", []) else _("(kosong)")


def stood(pairs: Iterable[tuple[str, object]], hidden: Sequence[str] = ()) -> Stood:
    """What is kept now of the things that a row says. hidden: what is compared, and not told to anybody."""
    return [[what, _plain(value), "" if what in hidden else written(value)] for what, value in pairs]


def check_stands(before: Stood, now: Stood) -> None:
    """Refused where what a row would change is not what it was when somebody looked: nobody decided about that."""
    if [value for _what, value, _told in before] == [value for _what, value, _told in now]:
        return
    advice = _("Unggah lagi berkasnya untuk memutuskan.")
    if len(before) != len(now):
        told = [_("Sesudah pratinjau ditambahkan orang lain: tadi belum ada, sekarang sudah ada.")]
        if before:
            told = [_("Diubah sesudah pratinjau: yang tadi ada, sekarang tidak ada lagi.")]
        raise Refused(f"{told[0]} {advice}", code="stale")
    moved = [(one[0], was[2], one[2]) for was, one in zip(before, now, strict=True) if was[1] != one[1]]
    told = [
        _("%(what)s diubah sesudah pratinjau: tadi %(before)s, sekarang %(now)s.")
        % {"what": what, "before": then, "now": here}
        if then != here
        else _("%(what)s diubah sesudah pratinjau.") % {"what": what}
        for what, then, here in moved
    ]
    raise Refused(" ".join([*dict.fromkeys(told), advice]), code="stale")


def _plain(value: object) -> object:
    """A value as JSON keeps it, the same for the same."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if value is None or isinstance(value, (bool, int, list, dict)) else str(value)
