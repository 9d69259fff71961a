"""The cast, on call."""

import pytest
from django.test import Client

from tests.cast import Cast, build_office
from tests.harness.scenes import scene

LOGIN_BACKEND = "runut.organisation.backends.LoginBackend"


@scene
def office() -> Cast:
    """Kecamatan Contoh with Camat, Sekretaris, Kasubag, Staf, four Kasi, twelve ASN and an admin."""
    return build_office()


@pytest.fixture
def client_for():
    """Make a browser in which this person has signed in: client_for(office.camat)."""

    def make(pegawai, **more) -> Client:
        client = Client(**more)
        client.force_login(pegawai.user, backend=LOGIN_BACKEND)
        return client

    return make
