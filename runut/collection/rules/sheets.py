"""What a sheet may become, which of its cells may be edited, and what its content is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

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


@dataclass(frozen=True, slots=True)
class Content:
    """What a person wrote in one line."""

    amount: Decimal | None
    text: str
    measure: str
    note: str
    cause: str = ""
    reason: str = ""


def digest(content: Content) -> str:
    """A short mark of a line's content: whether a person changed what the page had shown."""
    fields: Mapping[str, object] = {
        "amount": content.amount,
        "text": content.text,
        "measure": content.measure,
        "note": content.note,
        "cause": content.cause,
        "reason": content.reason,
    }
    return content_hash(fields)[:16]


def check_editable(state: str) -> None:
    """Raise Refused unless the sheet is a draft or was returned."""
    if state not in EDITABLE:
        raise Stale(locked_because(state))


def locked_because(state: str) -> str:
    """Why the cells are locked, and what one can do."""
    words = {
        SUBMITTED: _("Formulir ini sudah diajukan. Bila ada yang keliru, minta formulir ini dikembalikan kepada Anda."),
        VALIDATED: _("Formulir ini sudah divalidasi. Bila ada yang keliru, minta penghimpun mengembalikannya."),
        SIGNED: _("Data ini sudah ditandatangani. Untuk mengubahnya, laporkan kesalahan pada angkanya."),
        PUBLISHED: _("Data ini sudah terbit. Untuk mengubahnya, laporkan kesalahan pada angkanya."),
    }
    return words[state]


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
