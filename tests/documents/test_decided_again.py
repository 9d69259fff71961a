"""What a meeting decided, what was asked for and what was noted belong to the number they were about: Sidoarjo."""

import pytest

from runut.collection.actions import add_evidence
from tests.collection import builders as forms
from tests.correction import builders as cases
from tests.documents import builders
from tests.documents.test_pages import text
from tests.sop.play import open_task


@pytest.fixture
def run(gathered):
    return gathered.run


def sent_back_to_the_repairer(office, run):
    """The review sends it back to whoever gathers, who sends it back to the PPTK."""
    builders.send_back(office, run, "reviu", office.sekretaris, reason="angkanya diragukan")
    builders.send_back(office, run, "himpun", office.kasubag, chosen=[office.kasi[0]])


def page_of(client_for, who, task):
    return text(client_for(who).get(f"/tugas/{task.pk}/", follow=True))


def test_a_number_that_no_meeting_has_seen_carries_no_decision(office, gathered, run, client_for):
    figure = gathered.items.get().figure
    sent_back_to_the_repairer(office, run)
    cases.repair(office, run, office.kasi[0], office.kasi[0], "39,9")

    gathering = page_of(client_for, office.kasubag, open_task(run, "himpun"))
    builders.compile_data(office, run, office.kasubag, adequate=[figure.pk])
    handing_up = page_of(client_for, office.kasubag, open_task(run, "lapor"))
    builders.hand_up(office, run, "lapor", office.kasubag, office.sekretaris)
    meeting = client_for(office.sekretaris).get(f"/perbaikan/{gathered.pk}/rapat/")
    case = text(client_for(office.sekretaris).get(gathered.get_absolute_url()))

    for page in (gathering, handing_up):
        assert ("39,9" in page, "Pakai angka baru" in page) == (True, False)
    assert meeting.context["form"][f"decision-{gathered.items.get().pk}"].value() == ""
    decided = case.split('data-label="Putusan"')[1].split("</td>")[0]
    assert "92,1" in decided and "v2" in decided and "Pakai angka baru" in decided


def test_evidence_that_came_with_the_same_number_later_is_not_called_missing(office, gathered, run, client_for):
    figure = gathered.items.get().figure
    sent_back_to_the_repairer(office, run)
    line = forms.sheet_of(run, office.kasi[0]).lines.get()
    add_evidence(line=line, by=office.actor(office.kasi[0]), link="https://contoh.go.id/rekap")
    forms.submit(office, run, office.kasi[0], step="perbaiki")
    builders.compile_data(office, run, office.kasubag, adequate=[figure.pk])

    page = page_of(client_for, office.kasubag, open_task(run, "lapor"))

    assert "Penilaian kecukupan" in page and "Bukti yang diminta belum ada" not in page


def test_the_meeting_sees_that_evidence_is_missing_and_why(office, gathered, run, client_for):
    figure = gathered.items.get().figure
    sent_back_to_the_repairer(office, run)
    cases.repair(office, run, office.kasi[0], office.kasi[0], "39,9")
    builders.compile_data(office, run, office.kasubag, adequate=[figure.pk])
    builders.hand_up(office, run, "lapor", office.kasubag, office.sekretaris)

    decides = text(client_for(office.sekretaris).get(f"/perbaikan/{gathered.pk}/rapat/"))
    reads = text(client_for(office.camat).get(f"/perbaikan/{gathered.pk}/rapat/"))

    for page in (decides, reads):
        assert "Bukti yang diminta belum ada: Rekap SIAK" in page and "Rekap menyusul." in page
