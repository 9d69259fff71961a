"""Letters by e-mail, through the server that the installation names. Without one nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail to one person."""

    to: str
    subject: str
    text: str


def is_set_up() -> bool:
    """Whether this installation has a mail server."""
    return bool(settings.EMAIL_BACKEND != NOWHERE)


def send(letters: Iterable[Letter]) -> Iterator[str]:
    """Send letters over one connection; per letter "" or a short code of what went wrong.

    refused: the server does not take that address. unreachable: no server, no sign-in, or it gave up; what
    follows is then not tried any more.
    """
    connection: BaseEmailBackend = get_connection()
    broken = not _opened(connection)
    for letter in letters:
        outcome = "unreachable" if broken else _sent(letter, connection)
        broken = broken or outcome == "unreachable"
        yield outcome
    with suppress(SMTPException, OSError):
        connection.close()


def _opened(connection: BaseEmailBackend) -> bool:
    try:
        connection.open()
    except (SMTPException, OSError):
        return False
    return True


def _sent(letter: Letter, connection: BaseEmailBackend) -> str:
    try:
        EmailMessage(letter.subject, letter.text, to=[letter.to], connection=connection).send()
    except (SMTPRecipientsRefused, ValueError):
        # A header that would break the message counts as an address that cannot be written to.
        return "refused"
    except (SMTPException, OSError):
        return "unreachable"
    return ""
