"""The password asked for once more: before a signature, and before it is replaced by another."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runut.audit.actions import record, record_refusal
from runut.audit.models import Entry
from runut.lib.errors import Refused
from runut.organisation.models import User
from runut.organisation.permissions import Actor

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
WRONG = "password.wrong"
RIGHT = "password.right"


def confirm_password(*, by: Actor, password: str) -> None:
    """That the person at the keyboard is the one signed in. Raises Refused, and counts the attempt.

    The attempt is counted in a transaction of its own, so it must not be asked for inside another one.
    """
    left = tries_left(by, timezone.now())
    if left <= 0:
        raise Refused(_locked_words(), code="password")
    user = User.objects.get(pegawai=by.pegawai_id)
    if user.is_active and user.check_password(password):
        if left < TRIES:
            with transaction.atomic():
                record(RIGHT, subject=by.pegawai, by=by, stream=by.audit_stream)
        return
    sentence = _("Kata sandi tidak cocok.")
    record_refusal(WRONG, subject=by.pegawai, by=by, reason=sentence, stream=by.audit_stream)
    left = tries_left(by, timezone.now())
    if left <= 0:
        raise Refused(_locked_words(), code="password")
    words = ngettext("Sisa %(n)s percobaan.", "Sisa %(n)s percobaan.", left) % {"n": left}
    raise Refused(f"{sentence} {words}", code="password")


def tries_left(by: Actor, now: datetime) -> int:
    """How often the person may still mistype: wrong ones of the last quarter of an hour count, since a right one."""
    recent = Entry.objects.filter(stream=by.audit_stream, event__in=[WRONG, RIGHT], at__gt=now - LOCKED_FOR)
    events = recent.order_by("-pk").values_list("event", flat=True)
    return TRIES - len(list(takewhile(lambda event: event == WRONG, events)))


def _locked_words() -> str:
    return _("Kata sandi salah lima kali. Tunggu 15 menit, lalu coba lagi, atau minta admin kantor menyetel ulang.")
