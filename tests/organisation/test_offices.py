"""Taking up offices: each has a public address of its own."""

import pytest
from django.db import IntegrityError, transaction

from runut.lib.errors import Refused
from runut.organisation import actions
from runut.organisation.models import Office


def take_up(code, name="Kecamatan Contoh Ngoro", instansi=None):
    instansi = instansi or actions.create_instansi(code=code, name=f"Kabupaten {code}")
    return actions.create_office(instansi=instansi, code=code, name=name, kind="kecamatan", by=None)


@pytest.mark.django_db
def test_offices_of_two_governments_with_one_name_have_two_addresses():
    first, second = take_up("35.16"), take_up("72.01")

    assert (first.slug, second.slug) == ("kecamatan-contoh-ngoro", "kecamatan-contoh-ngoro-7201")


@pytest.mark.django_db
def test_a_long_name_keeps_what_tells_its_address_apart():
    first, second = take_up("35.16", "Dinas " * 15), take_up("72.01", "Dinas " * 15)

    assert len(first.slug) <= len(second.slug) <= 60
    assert second.slug.endswith("-7201")


@pytest.mark.django_db
def test_a_name_without_letters_has_the_offices_code_as_its_address():
    assert take_up("35.16", "…").slug == "3516"


@pytest.mark.django_db
def test_a_second_office_of_the_same_name_in_one_government_is_refused():
    first = take_up("35.16")

    with pytest.raises(Refused, match="nama singkat ini sudah dipakai kantor lain"):
        take_up("35.17", instansi=first.instansi)


@pytest.mark.django_db
def test_the_database_refuses_an_address_that_is_taken():
    first, second = take_up("35.16"), take_up("72.01")

    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.filter(pk=second.pk).update(slug=first.slug)
