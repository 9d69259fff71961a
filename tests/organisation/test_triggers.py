"""What the database itself refuses about positions, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from runut.organisation.models import Assignment, Supervision
from runut.sop.models import Command, Sop, SopVersion


def hold(office, pegawai, jabatan, start, end=None, kind="definitif", **more):
    return Assignment.objects.create(
        instansi=office.instansi, pegawai=pegawai, jabatan=jabatan, kind=kind, start=start, end=end, **more
    )


def test_two_definitive_holders_of_one_position_are_refused(office):
    with pytest.raises(IntegrityError, match="overlaps"), transaction.atomic():
        hold(office, office.staf, office.jabatan["kasubag"], date(2026, 1, 1))

    assert office.jabatan["kasubag"].assignments.count() == 1


def test_a_stand_in_and_a_shared_position_are_not(office):
    hold(office, office.sekretaris, office.jabatan["camat"], date(2026, 1, 1), kind="plh", decree_number="1/2026")
    hold(office, office.kasubag, office.jabatan["staf"], date(2026, 1, 1), exclusive=False)

    assert office.jabatan["camat"].assignments.count() == 2


def test_two_superiors_named_for_the_same_days_are_refused(office):
    fields = {"instansi": office.instansi, "pegawai": office.staf, "reason": "SK"}
    Supervision.objects.create(superior=office.camat, start=date(2026, 1, 1), end=date(2026, 6, 30), **fields)

    with pytest.raises(IntegrityError, match="overlaps"), transaction.atomic():
        Supervision.objects.create(superior=office.sekretaris, start=date(2026, 6, 30), **fields)

    assert Supervision.objects.count() == 1


def test_a_version_in_force_is_frozen(office):
    sop = Sop.objects.create(instansi=office.instansi, office=office.office, code="a", title="A", category="house")
    version = SopVersion.objects.create(
        instansi=office.instansi, sop=sop, no=1, state="draft", definition={}, content_hash="a"
    )
    SopVersion.objects.filter(pk=version.pk).update(content_hash="b", state="in_force")

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        SopVersion.objects.filter(pk=version.pk).update(definition={"steps": []})

    assert SopVersion.objects.get().content_hash == "b"


def test_a_command_once_carried_out_stays(office):
    row = Command.objects.create(
        instansi=office.instansi, key="k", pegawai=office.staf, verb="complete", digest="d", at=timezone.now()
    )

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Command.objects.filter(pk=row.pk).update(verb="lain")

    assert Command.objects.get().verb == "complete"
