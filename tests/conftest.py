"""The cast, on call."""

from datetime import timedelta
from secrets import token_hex

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, build_office
from tests.harness.scenes import scene

LOGIN_BACKEND = "runut.organisation.backends.LoginBackend"


def sign_in(client: Client, user) -> None:
    """The session that a sign-in leaves, in one statement; the sign-in itself has tests of its own."""
    held = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: LOGIN_BACKEND,
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    session = Session.objects.create(
        session_key=token_hex(16),
        session_data=SessionStore().encode(held),
        expire_date=timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


@scene
def office() -> Cast:
    """Kecamatan Contoh with Camat, Sekretaris, Kasubag, Staf, four Kasi, twelve ASN and an admin."""
    return build_office()


@pytest.fixture
def client_for():
    """Make a browser in which this person has signed in: client_for(office.camat)."""

    def make(pegawai, **more) -> Client:
        client = Client(**more)
        sign_in(client, pegawai.user)
        return client

    return make
