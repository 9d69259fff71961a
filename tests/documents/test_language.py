"""An English reader reads English screens; what the office keeps and prints stays Indonesian."""

import re

import pytest
from django.utils import timezone, translation

from runut.audit.models import Entry
from runut.correction.models import Correction
from runut.correction.queries import invited
from runut.documents.models import Dispatch
from runut.documents.queries import current_content, main_document
from runut.documents.rules.content import hash_of
from runut.web.changes import changes_of
from tests.collection import builders as forms
from tests.correction import builders as cases
from tests.documents import builders
from tests.sop.play import open_task


@pytest.fixture
def in_english(office):
    office.camat.user.language = "en"
    office.camat.user.save(update_fields=["language"])
    return office.camat


def test_the_content_that_is_signed_does_not_depend_on_the_reader(compiled):
    with translation.override("en"):
        english = current_content(compiled.run)

    assert hash_of(english) == hash_of(current_content(compiled.run))


def test_the_paper_is_indonesian_on_an_english_screen(compiled, in_english, client_for):
    page = client_for(in_english).get(f"/dokumen/{main_document(compiled.run).pk}/").content.decode()

    assert "Lihat papan SOP" not in page
    assert "See the SOP board" in page
    assert "diparaf" in page
    assert "dicatat oleh" in page


def test_a_case_opened_in_english_is_recorded_in_indonesian(office, frozen_time):
    units = office.units[2:4]
    source = cases.signed(office, units)
    figure = cases.figures(source, units[0])[0]

    with translation.override("en"):
        case = cases.open_case(office, source, {figure: "keliru"})
        shown = case.source.name

    assert shown.startswith("Quarter ")
    assert case.run.title == f"Perbaikan data kinerja {case.source.name}, PD-2026-001: {figure.indicator.name}"


def test_what_the_system_says_itself_is_read_in_english(office, repaired, in_english, client_for):
    client, case = client_for(in_english), Correction.objects.get()
    task = open_task(repaired.run, "tandatangan")

    dossier = client.get(case.get_absolute_url()).text
    history = client.get(f"/sop/jalan/{case.run_id}/riwayat/").text
    signing = client.get(f"/tugas/{task.pk}/ttd/", follow=True).text

    assert case.close_reason == "Perbaikan selesai sesuai SOP." and case.close_reason not in dossier
    assert re.search(r"\d figures?\.|\d forms?: ", client.get(f"/sop/jalan/{repaired.run.pk}/riwayat/").text)
    assert case.close_reason not in history
    assert re.search(r"\d (minute|hour|day)s?\b", signing) and not re.search(r"\d (menit|jam|hari)\b", signing)


def test_the_roles_of_a_team_are_read_in_english(office, ngoro, in_english, client_for):
    client = client_for(in_english)

    dossier = client.get(ngoro.case.get_absolute_url()).text
    with translation.override("en"):
        expected = {one.pegawai: one.why for one in invited(ngoro.run, timezone.localdate())}

    assert f"Chair: {office.kasubag.full_name}" in dossier and f"Member: {office.staf.full_name}" in dossier
    assert "Ketua" not in dossier and "Anggota" not in dossier
    assert "Anggota" not in expected.values() and "Ketua" not in expected.values()


def test_within_a_step_the_paper_and_what_the_sop_says_are_marked_as_indonesian(
    office, compiled, in_english, client_for
):
    builders.initial(office, compiled.run)
    task = open_task(compiled.run, "tandatangan")

    page = client_for(in_english).get(f"/tugas/{task.pk}/ttd/", follow=True).text

    assert '<html lang="en"' in page
    assert f'<span lang="id">{task.text}</span>' in page
    assert f'<span lang="id">{compiled.run.title}</span>' in page
    paper = page.split('<div class="stack" lang="id">')[1].split("</table>")[0]
    assert "diparaf" in paper and "Data kinerja" in paper


def test_the_trail_of_a_document_tells_the_kind_of_act_in_the_readers_words(compiled):
    entry = Entry.objects.order_by("-pk").first()
    entry.payload = {"after": {"act": "reviu"}}

    with translation.override("en"):
        [english] = changes_of([entry])[entry.pk]
    [indonesian] = changes_of([entry])[entry.pk]

    assert (english.field, english.after) == ("act", "review")
    assert (indonesian.field, indonesian.after) == ("tindakan", "reviu")


def test_how_a_letter_went_and_in_which_book_it_stands_is_told_in_english(office, in_english, to_sign, client_for):
    document = main_document(to_sign.run)
    for who in to_sign.pptk:
        builders.sign(office, to_sign.run, who, member=who)
    Dispatch.objects.create(
        instansi=office.instansi, document=document, recipient="Bagian Organisasi", way="Diantar langsung",
        sent_on=timezone.localdate(), task=document.run.tasks.first(),
    )  # fmt: skip
    client, entry = client_for(in_english), Entry.objects.filter(event="document.registered").get()

    page = client.get(document.get_absolute_url()).text
    log = client.get(f"/jejak/{entry.subject_type}/{entry.subject_id}/").text

    assert "Delivered by hand" in page and "Diantar langsung" not in page
    assert ": Register of letters<" in log and ": agenda<" not in log


def test_the_heads_of_a_form_name_the_quarter_in_english(office, in_english, frozen_time, client_for):
    office.office.terms = {"triwulan": "Tribulan"}
    office.office.save(update_fields=["terms"])
    run = forms.collection_of_units(office, [office.units[2]])

    page = client_for(in_english).get(forms.sheet_of(run, office.units[2]).get_absolute_url()).text

    heads = re.findall(r"<th scope=\"col\"[^>]*>([^<]*)</th>", page)
    assert any("Quarter" in head for head in heads) and not any("Tribulan" in head for head in heads)
