"""A paper names its office as when it was signed, numbered or sent; one replaced before that, as when it was made."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from runut.documents.models import Document, DocumentState, RegisterEntry
from runut.documents.queries import main_document
from runut.sop.models import Run
from tests.documents import builders
from tests.documents.test_superseded import renewed

NEW = {
    "name": "Kecamatan Baru", "short_name": "Baru", "address": "Jalan Baru 99", "phone": "0321-999",
    "place": "Trowulan", "number_code": "", "triwulan": "Triwulan", "lkjip": "LKjIP", "duties_policy": "warn",
    "basis": "",
}  # fmt: skip
WORDS = ("Kecamatan Baru", "Jalan Baru 99", "0321-999", "Trowulan")


def move(office, client_for, **as_it_was):
    """The administrator writes another letterhead."""
    answer = client_for(office.admin).post("/atur/kantor/", NEW | as_it_was)
    assert answer.status_code == 302


def paper(office, client_for, document):
    page = client_for(office.camat).get(f"/dokumen/{document.pk}/").text
    return page.split("<article")[1].split("</article>")[0]


def test_a_signed_document_keeps_its_letterhead_when_the_office_moves(office, pair, client_for):
    builders.compile_data(office, pair.run)
    builders.initial(office, pair.run)
    builders.sign(office, pair.run)
    signed = main_document(pair.run)
    before = paper(office, client_for, signed)

    move(office, client_for)

    assert paper(office, client_for, signed) == before
    assert not any(word in before for word in WORDS)


def test_a_draft_follows_the_office_until_it_is_signed(office, compiled, client_for):
    move(office, client_for)

    shown = paper(office, client_for, main_document(compiled.run))

    assert "Kecamatan Baru" in shown and "Jalan Baru 99 · 0321-999" in shown


def test_a_replaced_version_keeps_the_letterhead_that_it_had(office, compiled, client_for):
    first = renewed(office, compiled.run)
    before = paper(office, client_for, first)

    move(office, client_for)

    assert paper(office, client_for, first) == before
    assert "Kecamatan Baru" in paper(office, client_for, first.superseded_by)


def test_a_version_replaced_after_the_office_moved_keeps_the_letterhead_it_was_made_under(
    office, ngoro, frozen_time, client_for
):
    builders.compile_data(office, ngoro.run, office.kasubag, adequate=[ngoro.a1.pk, ngoro.b1.pk])
    first = main_document(ngoro.run)
    before = paper(office, client_for, first).split('class="kop"')[1].split("</div>")[0]
    frozen_time.shift(timedelta(minutes=1))
    move(office, client_for)
    frozen_time.shift(timedelta(minutes=1))

    # The office's name stands in the text of a correction too, so what is handed up now is another version.
    builders.hand_up(office, Run.objects.get(pk=ngoro.run.pk), "lapor", office.kasubag, office.sekretaris)

    first.refresh_from_db()
    shown = paper(office, client_for, first)
    assert first.state == DocumentState.SUPERSEDED
    assert shown.split('class="kop"')[1].split("</div>")[0] == before
    assert not any(word in shown for word in WORDS)
    assert "Kecamatan Baru" in paper(office, client_for, first.superseded_by)


def test_what_was_numbered_keeps_its_letterhead_for_those_who_sign_later(office, to_sign, client_for):
    first, second = to_sign.pptk
    builders.sign(office, to_sign.run, first, member=first)
    # The name stands in the text of a correction too: another one would be another version.
    move(office, client_for, name=office.office.name)

    builders.sign(office, to_sign.run, second, member=second)

    shown = paper(office, client_for, main_document(to_sign.run))
    assert RegisterEntry.objects.count() == 1
    assert first.full_name in shown and second.full_name in shown and not any(word in shown for word in WORDS)


def test_a_letterhead_once_kept_is_refused_another(office, compiled):
    kept = renewed(office, compiled.run)

    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=kept.pk).update(letterhead={"name": "Kantor lain"})
