"""What a sheet may become, which of its cells may be edited, and what its content is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.collection.rules.acts import NO_ACTS, Acts, judged_sentence
from runut.collection.rules.components import NO_PARTS, Parts
from runut.lib.canonical import content_hash
from runut.lib.errors import Refused, Stale

DRAFT, SUBMITTED, RETURNED, VALIDATED, SIGNED, PUBLISHED = (
    "draft", "submitted", "returned", "validated", "signed", "published",
)  # fmt: skip

MOVES: dict[str, frozenset[str]] = {
    DRAFT: frozenset({SUBMITTED}),
    RETURNED: frozenset({SUBMITTED}),
    # Signed without validation only where the procedure has no review step; the action knows.
    # Back to a draft when it is taken back by whoever handed it in.
    SUBMITTED: frozenset({DRAFT, RETURNED, VALIDATED, SIGNED}),
    # Once more where the procedure has it both validated and verified.
    VALIDATED: frozenset({RETURNED, VALIDATED, SIGNED}),
    # An error found after signature goes back in the same run; after publication it is a case of its own.
    SIGNED: frozenset({RETURNED, PUBLISHED}),
    PUBLISHED: frozenset(),
}
EDITABLE = frozenset({DRAFT, RETURNED})
CHECKED = frozenset({VALIDATED, SIGNED, PUBLISHED})
HANDED_IN = CHECKED | {SUBMITTED}


# Why there is no number; whatever else, a line without one is not filled in.
WITHOUT_NUMBER = frozenset({"not_measured", "awaiting_release", "nil"})
LONGEST_NOTE = 1000


def measured(before: str, *, filled: bool) -> str:
    """What a line says after its value was typed or emptied, where nobody chose why there is no number."""
    if filled:
        return "measured"
    return before if before in WITHOUT_NUMBER else "not_filled"


def note_of_number(note: str, nil_reason: str, *, was: str, now: str) -> str:
    """The note of a line in which a number takes the place of a nil: the reason of the nil goes with it.

    nil_reason: what was written in the note when the line was reported nil. Whatever else stands there people wrote
    themselves, so it stays.
    """
    return "" if nil_reason and note == nil_reason and (was, now) == ("nil", "measured") else note


@dataclass(frozen=True, slots=True)
class Content:
    """What a person wrote in one line. parts: what `amount` is worked out from, where it is a quotient."""

    amount: Decimal | None
    text: str
    measure: str
    note: str
    cause: str = ""
    reason: str = ""
    parts: Parts = NO_PARTS


# The cells of a line, in the order of its digest. What says a value is one cell: its number, its text, or why none.
CELLS = ("value", "note", "cause", "reason")


def digest(content: Content) -> str:
    """A short mark of each cell of a line: whether a person changed what the page had shown."""
    return ".".join(_marks(content))


def _marks(content: Content) -> list[str]:
    value: dict[str, object] = {"amount": content.amount, "text": content.text, "measure": content.measure}
    if not content.parts.is_empty:
        value |= {"numerator": content.parts.numerator, "denominator": content.parts.denominator}
    return [content_hash(each)[:12] for each in (value, content.note, content.cause, content.reason)]


def clashes(wanted: Content, current: Content, shown: str) -> tuple[str, ...]:
    """The cells that this person and somebody else both changed, and not to the same.

    shown: the digest of what the page had shown; without it every difference is a clash.
    """
    marks = zip(CELLS, _marks(wanted), _marks(current), _shown(shown), strict=True)
    return tuple(cell for cell, mine, theirs, seen in marks if mine != theirs and seen not in (mine, theirs))


def merged(wanted: Content, current: Content, shown: str) -> Content:
    """What this person changed, on top of what somebody else wrote in other cells meanwhile; nothing may clash."""
    kept = [mine == seen for mine, seen in zip(_marks(wanted), _shown(shown), strict=True)]
    value = current if kept[0] else wanted
    return Content(
        amount=value.amount,
        text=value.text,
        measure=value.measure,
        note=(current if kept[1] else wanted).note,
        cause=(current if kept[2] else wanted).cause,
        reason=(current if kept[3] else wanted).reason,
        parts=value.parts,
    )


def _shown(shown: str) -> list[str]:
    marks = shown.split(".")
    return marks if len(marks) == len(CELLS) else [""] * len(CELLS)


def check_editable(state: str, acts: Acts = NO_ACTS) -> None:
    """Raise Refused unless the sheet is a draft or was returned."""
    if state not in EDITABLE:
        raise Stale(locked_because(state, acts))


def locked_because(state: str, acts: Acts = NO_ACTS) -> str:
    """Why the cells are locked, and what one can do."""
    words = {
        SUBMITTED: _("Formulir ini sudah diajukan. Bila ada yang keliru, minta formulir ini dikembalikan kepada Anda."),
        VALIDATED: judged_sentence(acts),
        SIGNED: _("Data ini sudah ditandatangani. Untuk mengubahnya, laporkan kesalahan pada angkanya."),
        PUBLISHED: _("Data ini sudah terbit. Untuk mengubahnya, laporkan kesalahan pada angkanya."),
    }
    return words[state]


def why_closed(state: str, acts: Acts, *, may_edit: bool) -> str:
    """Why this person may not type in a form; "" for whoever may."""
    if may_edit:
        return ""
    return _("Formulir ini diisi orang lain, atau belum dibuka.") if state in EDITABLE else locked_because(state, acts)


def check_can_be_taken_back(state: str, *, looked_at: bool) -> None:
    """Raise Refused unless the sheet lies with the one who checks it, unopened."""
    if state in EDITABLE:
        raise Stale(_("Formulir ini sedang di tangan pengisinya, jadi tidak ada yang perlu ditarik."))
    if state != SUBMITTED:
        raise Refused(locked_because(state))
    if looked_at:
        raise Refused(_("Formulir ini sudah dibuka pemeriksa. Bila ada yang keliru, minta pemeriksa mengembalikannya."))


def check_can_be_withdrawn(*, opened: bool, filled: bool) -> None:
    """Raise Refused once the recipient has the form in hand."""
    if opened or filled:
        raise Refused(
            _("Penerima sudah membuka formulir ini, jadi tidak dapat ditarik. Sampaikan perubahannya kepada penerima.")
        )


def check_line_editable(editable: bool, label: str) -> None:
    """Raise Refused for a line that was found right in an earlier round."""
    if not editable:
        raise Refused(
            _("“%(label)s” sudah dinyatakan sesuai, jadi terkunci. Perbaiki baris yang diberi catatan saja.")
            % {"label": label}
        )
