"""Which office coordinates the others: only the operator says so, and the log keeps it."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused
from runut.organisation import actions
from runut.organisation.models import Office
from tests.cast import build_office


def test_the_operator_marks_an_office_and_the_log_keeps_it(office, capsys):
    call_command("mark_coordinating", government_code=office.instansi.code, code=office.office.code)

    office.office.refresh_from_db()
    entry = Entry.objects.filter(event="office.coordination_changed").get()
    assert office.office.coordinates
    assert (entry.subject_id, entry.stream) == (office.office.pk, f"office:{office.office.pk}")
    assert entry.payload["after"] == {"coordinates": True} and entry.payload["before"] == {"coordinates": False}
    assert capsys.readouterr().out.strip() == f"{office.office.name} kini kantor pengampu."


def test_the_mark_can_be_taken_away(office, capsys):
    actions.mark_coordinating(office=office.office, coordinates=True, by=None)

    call_command("mark_coordinating", government_code=office.instansi.code, code=office.office.code, revoke=True)

    office.office.refresh_from_db()
    assert not office.office.coordinates
    assert Entry.objects.filter(event="office.coordination_changed").count() == 2


@pytest.mark.parametrize("who", ["camat", "admin", "staf"])
def test_nobody_in_an_office_can_mark_it(office, who):
    with pytest.raises(Denied, match="pengelola server"):
        actions.mark_coordinating(office=office.office, coordinates=True, by=office.actor(getattr(office, who)))

    assert not Office.objects.filter(coordinates=True).exists()


def test_what_is_so_already_is_refused_without_an_entry(office):
    with pytest.raises(Refused, match="sudah tercatat demikian"):
        actions.mark_coordinating(office=office.office, coordinates=False, by=None)

    assert not Entry.objects.filter(event="office.coordination_changed").exists()


def test_the_command_refuses_what_it_does_not_know_and_what_is_so_already(office):
    names = {"government_code": office.instansi.code, "code": office.office.code}
    call_command("mark_coordinating", **names)

    with pytest.raises(CommandError, match="sudah tercatat demikian"):
        call_command("mark_coordinating", **names)
    with pytest.raises(CommandError, match="Tidak ada kantor"):
        call_command("mark_coordinating", **(names | {"code": "tidak ada"}))


def test_an_office_is_overseen_only_from_a_coordinating_one_of_its_government(office):
    other, elsewhere = build_office("dinas", instansi=office.instansi), build_office("dinas")
    actor = office.actor(office.camat)

    assert not Office.objects.overseen_by(actor).exists()
    actions.mark_coordinating(office=office.office, coordinates=True, by=None)
    assert set(Office.objects.overseen_by(actor)) == {office.office, other.office}
    assert not Office.objects.overseen_by(elsewhere.actor(elsewhere.camat)).exists()
