"""Opening signed data to the public, and sending them back after signature."""

import pytest
from django.db import DatabaseError, transaction

from runut.audit.models import Entry
from runut.collection.models import Mark, Sheet
from runut.correction.models import Correction
from runut.documents.models import Document, Signature
from runut.documents.queries import main_document
from runut.lib.errors import Denied, Refused, Stale
from runut.publication.actions import publish, withdraw
from runut.publication.models import Release
from runut.sop.models import Task
from tests.collection import builders as forms
from tests.correction import builders as cases
from tests.documents import builders as papers
from tests.publication import builders
from tests.sop.play import open_task


@pytest.mark.requirement("R-INSP-19", "R-INSP-17")
def test_the_inspektur_publishes_what_is_signed(office, inspektorat):
    builders.publish(office, inspektorat.run)

    inspektorat.run.refresh_from_db()
    release = Release.objects.get()
    assert (release.no, release.year, release.signed_as, inspektorat.run.state) == (1, 2026, ["Camat"], "done")
    assert set(Sheet.objects.filter(run=inspektorat.run).values_list("state", flat=True)) == {"published"}
    assert Mark.objects.filter(kind="published").count() == 6
    assert Entry.objects.filter(event="release.published").count() == 1


def test_nobody_is_named_in_a_release(office, inspektorat):
    builders.publish(office, inspektorat.run)

    text = str(Release.objects.get().rows)
    assert [person.name for person in office.everybody if person.name in text] == []
    assert all(row["suppressed"] for row in Release.objects.get().rows)


def test_only_who_may_publish_does(office, inspektorat):
    with pytest.raises(Denied):
        builders.publish(office, inspektorat.run, office.sekretaris)
    assert not Release.objects.exists()


def test_what_changed_since_the_page_was_shown_is_not_published(office, inspektorat):
    with pytest.raises(Stale):
        builders.publish(office, inspektorat.run, data_hash="0" * 64)


def test_excluded_information_is_not_published(office, inspektorat):
    with pytest.raises(Refused, match="dikecualikan"):
        builders.publish(office, inspektorat.run, information_class="dikecualikan")


def test_the_same_click_twice_publishes_once(office, inspektorat):
    task, document = open_task(inspektorat.run, "terbitkan"), main_document(inspektorat.run)
    first = builders.publish(office, inspektorat.run, key="once")

    again = publish(task_id=task.pk, by=office.actor(office.camat), data_hash=document.data_hash, key="once")

    assert again == first
    assert Release.objects.count() == 1


def test_a_release_is_withdrawn_with_a_reason_and_stays_as_a_trace(office, inspektorat):
    builders.publish(office, inspektorat.run)
    release = Release.objects.get()

    with pytest.raises(Denied):
        withdraw(release=release, by=office.actor(office.staf), reason="salah")
    with pytest.raises(Refused, match="alasan"):
        withdraw(release=release, by=office.actor(office.camat), reason=" ")
    withdraw(release=release, by=office.actor(office.camat), reason="satuan keliru")

    release.refresh_from_db()
    assert (release.withdraw_reason, release.withdrawn_by) == ("satuan keliru", office.camat)
    with pytest.raises(Refused, match="sudah ditarik"):
        withdraw(release=release, by=office.actor(office.camat), reason="lagi")


def test_the_database_refuses_to_change_what_was_released(office, inspektorat):
    builders.publish(office, inspektorat.run)

    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.update(rows=[])


@pytest.mark.requirement("R-INSP-14")
def test_an_error_after_signature_sends_one_line_of_one_person_back(office, inspektorat):
    run, person = inspektorat.run, inspektorat.people[0]
    figure, other = cases.figures(run, person)
    signed = main_document(run)

    builders.send_back(office, run, {figure.pk: "bulan April"}, chosen=[person])

    signed.refresh_from_db()
    assert (signed.state, signed.supersede_reason) == ("superseded", "IKM keliru")
    assert Signature.objects.get().revoked_at is not None
    assert Mark.objects.filter(kind="revoked").count() == 6
    assert Correction.objects.get(run=run).origin == "signed"
    lines = dict(forms.sheet_of(run, person).lines.values_list("figure", "editable"))
    assert lines == {figure.pk: True, other.pk: False}
    open_for = Task.objects.filter(run=run, step="isi", state="open").values_list("branch__pegawai", flat=True)
    assert list(open_for) == [person.pk]


@pytest.mark.requirement("R-INSP-13", "R-INSP-17")
def test_the_new_round_is_validated_signed_and_published_and_the_old_one_stays_readable(
    office, inspektorat, client_for
):
    run, person = inspektorat.run, inspektorat.people[0]
    figure, _other = cases.figures(run, person)
    first = main_document(run)
    builders.send_back(office, run, {figure.pk: "bulan April"}, chosen=[person])

    saved = forms.type_in(office, forms.sheet_of(run, person), person, "70", None, cause="salah bulan", reason="rekap")
    assert saved.is_clean
    forms.submit(office, run, person)
    forms.review(office, run, person, inspektorat.kasi)
    papers.compile_data(office, run)
    papers.sign(office, run)
    builders.publish(office, run)

    second = main_document(run)
    run.refresh_from_db()
    assert (run.state, second.no, second.state, second.supersedes) == ("done", 2, "signed", first)
    assert Correction.objects.get(run=run).closed_at is not None
    page = client_for(office.camat).get(f"/dokumen/{first.pk}/").content.decode()
    assert "Digantikan oleh versi 2" in page
    assert "84,75" in page
    assert Document.objects.get(pk=first.pk).content == first.content


def test_a_return_names_whose_figure_is_wrong(office, inspektorat):
    figure, _other = cases.figures(inspektorat.run, inspektorat.people[0])

    with pytest.raises(Refused, match="apa yang keliru"):
        builders.send_back(office, inspektorat.run, {figure.pk: "keliru"}, chosen=[inspektorat.people[1]])
    with pytest.raises(Refused, match="apa yang keliru"):
        builders.send_back(office, inspektorat.run, {}, chosen=[inspektorat.people[0]])
    assert main_document(inspektorat.run).state == "signed"
