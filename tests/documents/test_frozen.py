"""What the database refuses, and who sees an NIP."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from runut.documents.models import Dispatch, Document, RegisterEntry, Signature
from runut.documents.permissions import sees_nip
from runut.documents.queries import main_document
from tests.cast import build_office
from tests.documents import builders
from tests.harness.scenes import scene


@scene
def signed(office, frozen_time):
    run = builders.signed_recap(office, office.asn_of(office.kasi[0])[:2])
    return main_document(run)


def refused(change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


@pytest.mark.requirement("R-NGORO-3")
def test_content_and_signature_stand_as_they_were_given(signed):
    refused(lambda: Document.objects.update(content={}))
    refused(lambda: Document.objects.update(data_hash="0" * 64))
    refused(lambda: Signature.objects.update(title="Plt. Camat"))
    refused(lambda: Signature.objects.update(nip="1"))
    assert Signature.objects.get().title == "Camat"


def test_a_signature_is_revoked_once(signed):
    Signature.objects.update(revoked_at=timezone.now(), revoke_reason="keliru")

    refused(lambda: Signature.objects.update(revoked_at=None))
    assert Signature.objects.get().revoke_reason == "keliru"


def test_a_number_stands_under_a_signature(office, to_sign):
    builders.sign(office, to_sign.run, to_sign.pptk[0], member=to_sign.pptk[0])

    refused(lambda: Document.objects.filter(run=to_sign.run).update(number="065/99/2026"))
    refused(lambda: RegisterEntry.objects.update(seq=7))
    refused(lambda: RegisterEntry.objects.all().delete())
    assert main_document(to_sign.run).number == "065/1/2026"


def test_a_receipt_is_noted_once(office, frozen_time):
    run = builders.of_units(office, office.units[2:4])
    builders.compile_data(office, run)
    builders.initial(office, run)
    builders.sign(office, run)
    builders.dispatch(office, run)
    Dispatch.objects.update(received_on="2026-02-04", received_by="Bagian Umum")

    refused(lambda: Dispatch.objects.update(received_by="Orang lain"))
    refused(lambda: Dispatch.objects.update(recipient="Orang lain"))
    assert Dispatch.objects.get().received_by == "Bagian Umum"


def test_saving_a_whole_document_again_changes_nothing(signed):
    document = Document.objects.get(pk=signed.pk)
    document.save()

    assert Document.objects.get(pk=signed.pk).content == document.content


def test_a_nip_is_for_the_office(office, signed):
    stranger = build_office("dinas", instansi=office.instansi)

    assert sees_nip(office.actor(office.sekretaris), signed)
    assert not sees_nip(stranger.actor(stranger.camat), signed)
