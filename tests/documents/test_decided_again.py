"""What a meeting decided, what was asked for and what was noted belong to the number they were about: Sidoarjo."""

from decimal import Decimal

import pytest

from runut.collection.actions import add_evidence
from runut.correction.actions import Choice
from runut.correction.models import Decision
from runut.correction.rules import Content
from runut.documents.queries import current_content
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


@pytest.mark.requirement("R-SIDOARJO-16", "R-SIDOARJO-17")
def test_what_was_noted_while_judging_goes_on_to_the_paraf_the_signature_and_the_case(office, gathered, client_for):
    run, secretary, pptk = gathered.run, office.sekretaris, office.kasi[0]
    builders.approve(office, run, "reviu", secretary, remark="Rekapnya lengkap.")
    judging = page_of(client_for, secretary, open_task(run, "verifikasi"))
    builders.approve(office, run, "verifikasi", secretary, remark="Angkanya cocok.")
    initialling = page_of(client_for, secretary, open_task(run, "paraf"))
    builders.initial(office, run)
    builders.register(office, run)
    signing = page_of(client_for, pptk, open_task(run, "tandatangan", forms.key_of(pptk)))
    case = text(client_for(office.camat).get(gathered.get_absolute_url()))

    assert "Rekapnya lengkap." in judging and "Angkanya cocok." not in judging
    for page in (initialling, signing, case):
        assert page.index("Angkanya cocok.") < page.index("Rekapnya lengkap.")
        assert "Mereviu laporan hasil perbaikan data kinerja · Selesai" in page and secretary.full_name in page
    assert "Penilaian kecukupan" in case and "Penyebab hilang: Ya" in case


def test_a_refusal_to_sign_says_who_refused(office, gathered, run, client_for):
    pptk = office.kasi[0]
    for step in ("reviu", "verifikasi"):
        builders.approve(office, run, step, office.sekretaris)
    builders.initial(office, run)
    builders.register(office, run)
    builders.send_back(office, run, "tandatangan", pptk, member=pptk, reason="satuannya salah")

    card = text(client_for(office.sekretaris).get("/tugas/"))
    meeting = text(client_for(office.sekretaris).get(f"/perbaikan/{gathered.pk}/rapat/"))

    for page in (card, meeting):
        assert "satuannya salah" in page and f"Oleh {office.actor(pptk).title}, {pptk.full_name}" in page


def test_a_number_that_is_taken_after_another_one_keeps_its_own_reason(office, gathered, run, client_for):
    """The review of the first round found nothing; the paraf sends it back to the meeting, which decides anew."""
    [item] = gathered.items.all()
    for step in ("reviu", "verifikasi"):
        builders.approve(office, run, step, office.sekretaris)
    builders.send_back(office, run, "paraf", office.sekretaris, reason="hitung lagi")
    other = Choice(Decision.OTHER, "rata-rata", Content(Decimal("68.5"), "", "measured"))
    cases.meet(office, run, {item: other}, office.kasubag)
    for step in ("reviu", "verifikasi"):
        builders.approve(office, run, step, office.sekretaris)
    builders.send_back(office, run, "paraf", office.sekretaris, reason="usulannya yang benar")

    meeting = text(client_for(office.sekretaris).get(f"/perbaikan/{gathered.pk}/rapat/"))
    cases.meet(office, run, {item: Choice(Decision.NEW)}, office.kasubag)
    [row] = current_content(run)["rows"]

    figure = meeting.split('id="angka-1"')[1].split("</section>")[0]
    assert "Alasan: Sesuai rekap SIAK" in figure and "Alasan: Putusan rapat" not in figure
    assert (row["actual"], row["reason"]) == ("92,1", "Sesuai rekap SIAK")
    assert row["decision"] == "Pakai angka baru"
    history = text(client_for(office.camat).get(item.figure.get_absolute_url()))
    versions = [history.split(f'<tr id="v{no}">')[1].split("</tr>")[0] for no in (2, 3, 4)]
    overruled = "Diputuskan lain oleh rapat berikutnya: "
    said = [one.split(overruled)[1].split("<")[0] if overruled in one else "" for one in versions]
    assert said == ["Angka lain", "Pakai angka baru", ""]
    assert ["diganti rapat" in one for one in versions] == [True, True, False]
