"""Signing in by NIP or e-mail."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from runut.lib.prepared import Prepared
from runut.organisation.models import User
from runut.organisation.queries import local_day

# Asked at every request.
_SIGNED_IN = Prepared(
    lambda pk: User.objects.select_related("pegawai__office__calendar", "pegawai__instansi").filter(pk=pk), int
)


class LoginBackend(BaseBackend):
    """The person behind a sign-in name and a password; the person's office and calendar come along."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **_kwargs: object
    ) -> User | None:
        user = User.objects.select_related("pegawai__office__calendar").filter(login=username).first()
        if user is None:
            # As slow as a known name, so that time does not tell which names exist.
            User().set_password(password)
            return None
        return user if user.check_password(password) and _may_sign_in(user) else None

    def get_user(self, user_id: int) -> User | None:
        """None also ends the session of somebody who has left."""
        user = _SIGNED_IN.first(user_id)
        return user if user is not None and _may_sign_in(user) else None


def is_empty() -> bool:
    """Whether nobody can sign in here yet. One query while it is so; none any more once there is somebody."""
    if _has_users():
        return False
    _has_users.cache_clear()
    return True


@cache
def _has_users() -> bool:
    return User.objects.exists()


def _may_sign_in(user: User) -> bool:
    """Until the end of the last day, by the clock of the office."""
    left_on, office = user.pegawai.left_on, user.pegawai.office
    return user.is_active and (left_on is None or left_on >= local_day(office, timezone.now()))
