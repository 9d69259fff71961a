"""Sign-ins: printed one-time codes, passwords, and how a person likes the pages."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.errors import Refused
from runut.organisation import permissions
from runut.organisation.actions.passwords import confirm_password
from runut.organisation.models import ActivationCode, Office, Pegawai, TextSize, User
from runut.organisation.permissions import Actor
from runut.organisation.queries import login_for
from runut.organisation.rules import CODE_ALPHABET, CODE_LENGTH, code_of

VALID_FOR = timedelta(days=14)
LANGUAGES = ("id", "en")


@transaction.atomic
def issue_codes(*, pegawai_ids: Collection[int], by: Actor | None) -> list[tuple[Pegawai, str]]:
    """A new one-time code for each person, by name; the codes before it die. They are shown only now.

    One insert and one log entry per office, for hundreds of people at once. Raises Refused when one of
    them has left.
    """
    people = list(Pegawai.objects.filter(pk__in=pegawai_ids).select_related("office").order_by("name", "pk"))
    for office_id in {pegawai.office_id for pegawai in people}:
        permissions.check_can_manage(by, office_id)
    today = timezone.localdate()
    gone = next((pegawai for pegawai in people if pegawai.left_on and pegawai.left_on < today), None)
    if gone is not None:
        raise Refused(
            _("%(name)s sudah tidak bertugas. Catat penugasannya dahulu, lalu buat kode.") % {"name": gone.full_name},
            code="left",
        )
    users = _users_of(people)
    now = timezone.now()
    ActivationCode.objects.filter(user__in=users.values(), used_at=None, expires_at__gt=now).update(expires_at=now)
    codes = {pegawai.pk: _new_code() for pegawai in people}
    ActivationCode.objects.bulk_create(
        [_row(users[pegawai.pk], codes[pegawai.pk], now, by) for pegawai in people], batch_size=500
    )
    _record_codes(people, by)
    return [(pegawai, codes[pegawai.pk]) for pegawai in people]


def _users_of(people: list[Pegawai]) -> dict[int, User]:
    """The sign-in of each person, made where there is none, by pegawai id."""
    users = {user.pegawai_id: user for user in User.objects.filter(pegawai__in=people)}
    missing = [pegawai for pegawai in people if pegawai.pk not in users]
    for pegawai in missing:
        users[pegawai.pk] = User.objects.create_user(login=pegawai.nip, pegawai=pegawai)
    return users


def _new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _place in range(CODE_LENGTH))


def _row(user: User, code: str, now: datetime, by: Actor | None) -> ActivationCode:
    return ActivationCode(
        user=user,
        code_hash=_hash(user, code),
        made_at=now,
        made_by=by.pegawai if by else None,
        expires_at=now + VALID_FOR,
    )


def _hash(user: User, code: str) -> str:
    """A keyed SHA-256. A password hash is slow because people choose guessable passwords; these codes are
    50 random bits that live for two weeks, and a slow hash would make hundreds of them take minutes.
    """
    return salted_hmac("runut.organisation.activation", f"{user.pk}:{code}", algorithm="sha256").hexdigest()


def _record_codes(people: list[Pegawai], by: Actor | None) -> None:
    by_office: dict[Office, list[int]] = defaultdict(list)
    for pegawai in people:
        by_office[pegawai.office].append(pegawai.pk)
    for office, ids in by_office.items():
        record("codes.issued", subject=office, by=by, after={"pegawai": ids, "count": len(ids)})


@transaction.atomic
def reset_password(*, pegawai: Pegawai, by: Actor | None, reason: str = "") -> str:
    """A new one-time code for a person who cannot sign in. The old password holds until the code is used."""
    [(_pegawai, code)] = issue_codes(pegawai_ids=[pegawai.pk], by=by)
    record("password.reset", subject=pegawai, by=by, reason=reason)
    return code


@transaction.atomic
def activate(*, login: str, code: str, password: str) -> User:
    """Use a printed code to set a password. The sentence never tells which of name and code was wrong."""
    user = User.objects.select_for_update(of=("self",)).filter(login=login_for(login)).select_related("pegawai").first()
    found = _matching_code(user, code_of(code)) if user else None
    if user is None or found is None:
        raise Refused(
            _("NIP atau kode tidak cocok. Periksa tulisannya pada kertas kode, atau mintalah kode baru kepada admin."),
            code="code",
        )
    if found.used_at is not None:
        raise Refused(
            _("Kode ini sudah dipakai. Masuklah dengan kata sandi Anda, atau mintalah kode baru kepada admin."),
            code="used",
        )
    if found.expires_at <= timezone.now() or not user.is_active:
        raise Refused(_("Kode ini sudah tidak berlaku. Mintalah kode baru kepada admin kantor Anda."), code="expired")
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record("user.activated", subject=user, by=Actor(pegawai=user.pegawai, assignments=()))
    return user


def _matching_code(user: User, code: str) -> ActivationCode | None:
    wanted = _hash(user, code)
    return next((row for row in user.codes.order_by("-pk") if constant_time_compare(row.code_hash, wanted)), None)


def change_password(*, user: User, old: str, password: str, by: Actor) -> User:
    """Another password in place of the old one, which is asked for as before a signature, with the same limit."""
    confirm_password(by=by, password=old)
    return _set_password(user, password, by)


@transaction.atomic
def _set_password(user: User, password: str, by: Actor) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record("password.changed", subject=user, by=by)
    return user


@transaction.atomic
def change_preferences(
    *,
    user: User,
    by: Actor,
    language: str | None = None,
    text_size: int | None = None,
    high_contrast: bool | None = None,
) -> User:
    """How the person likes the pages; what is left out stays. An unknown language or size is refused."""
    user = User.objects.select_for_update().get(pk=user.pk)
    given = {"language": language, "text_size": text_size, "high_contrast": high_contrast}
    wanted = {field: value for field, value in given.items() if value is not None}
    if wanted.get("language", "id") not in LANGUAGES or wanted.get("text_size", 100) not in TextSize.values:
        raise Refused(_("Pilihan ini tidak tersedia. Pilih salah satu yang ditawarkan."), code="choice")
    before = {field: getattr(user, field) for field in wanted}
    for field, value in wanted.items():
        setattr(user, field, value)
    user.save(update_fields=list(wanted))
    record("preferences.changed", subject=user, by=by, before=before, after=wanted)
    return user
