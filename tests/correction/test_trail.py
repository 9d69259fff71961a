"""What the log of a correction says to an officer: people, figures and decisions by their names, in local time."""

from runut.correction.models import Decision
from tests.correction import builders


def trail_of(client, kind, pk):
    return " ".join(client.get(f"/jejak/{kind}/{pk}/").text.split())


def test_order_and_meeting_are_told_without_codes(office, ngoro, at_meeting, client_for):
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.OLD})

    page = trail_of(client_for(office.camat), "sop.run", at_meeting.run.pk)

    assert f"{office.kasubag.full_name}: Ketua" in page
    assert office.sekretaris.full_name in page and "+00:00" not in page and "WIB" in page
    assert f"butir: {ngoro.pptk_a.full_name}, {ngoro.pptk_b.full_name}" in page
    assert "langkah: perbaiki" not in page and "hasil: complete" not in page


def test_a_decision_is_told_with_the_number_it_gave(office, ngoro, at_meeting, client_for):
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.OLD})

    page = trail_of(client_for(office.camat), "correction.correction", at_meeting.case.pk)

    assert "versi 2 (92,1): " in page and str(Decision.NEW.label) in page
