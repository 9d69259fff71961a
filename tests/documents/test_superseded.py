"""A version that was replaced: by which, since when, why, and whose signatures it had borne."""

import re
from datetime import timedelta

from django.utils import timezone

from runut.documents.actions.versions import keep
from runut.documents.models import Document
from runut.documents.queries import content_of, main_document
from runut.lib.dates import date_time
from runut.lib.nip import format_nip
from tests.documents import builders


def renewed(office, run, reason=""):
    """The run's document in a version that says something else: the version before it."""
    first = main_document(run)
    content = content_of(Document.objects.get(pk=first.pk))
    other = {
        **content,
        "title": content["title"],
        "blocks": [*content["blocks"], {"kind": "paragraph", "text": "Baru."}],
    }
    keep(run, other, by=office.actor(office.staf), at=timezone.now(), reason=reason)
    first.refresh_from_db()
    return first


def part(page, of):
    return " ".join(re.sub(r"<[^>]+>", " ", page.split(f'id="{of}"')[1].split("</section>")[0]).split())


def test_a_replaced_version_names_who_had_signed_it_and_when(office, pair, frozen_time, client_for):
    builders.compile_data(office, pair.run)
    builders.initial(office, pair.run)
    builders.sign(office, pair.run)
    signed_at = date_time(timezone.now(), "Asia/Jakarta")
    frozen_time.shift(timedelta(hours=30))
    first = renewed(office, pair.run, reason="Angka IKM tertukar dengan triwulan lalu.")

    page = client_for(office.sekretaris).get(f"/dokumen/{first.pk}/").text

    told = part(page, "pernah-ditandatangani")
    assert office.camat.full_name in told and "Camat" in told and signed_at in told
    assert "digantikan versi 2" in told and "Angka IKM tertukar dengan triwulan lalu." in told
    assert date_time(timezone.now(), "Asia/Jakarta") in told
    # It is on the paper too, but it is no block of a signature.
    assert page.index('id="pernah-ditandatangani"') < page.index("</article>")
    assert format_nip(office.camat.nip) not in page


def test_a_replaced_version_that_nobody_had_signed_says_so(office, compiled, client_for):
    builders.initial(office, compiled.run)
    first = renewed(office, compiled.run)

    page = client_for(office.sekretaris).get(f"/dokumen/{first.pk}/").text

    told = part(page, "pernah-ditandatangani")
    assert "Versi ini belum ditandatangani siapa pun." in told and "Isinya berubah." in told
    # Whose signature the new version waits for is no matter of the old one.
    assert ">Tanda tangan<" not in page


def test_the_mark_of_a_replaced_version_is_on_every_sheet_and_its_link_on_none(office, compiled, client_for):
    first = renewed(office, compiled.run)
    client = client_for(office.sekretaris)

    old, new = (client.get(f"/dokumen/{pk}/").text for pk in (first.pk, first.superseded_by.pk))

    assert re.search(r'over-page"[^>]*>Digantikan oleh versi 2</p>', old)
    assert re.search(r'<a class="no-print" [^>]*>Buka versi itu</a>', old)
    assert "over-page" not in new


def test_a_version_in_force_says_nothing_of_the_kind(office, compiled, client_for):
    page = client_for(office.sekretaris).get(f"/dokumen/{main_document(compiled.run).pk}/").text

    assert "pernah-ditandatangani" not in page


def test_a_signature_that_was_taken_back_names_its_person_though_no_other_version_came(office, to_sign, client_for):
    run, (first, second) = to_sign.run, to_sign.pptk
    builders.sign(office, run, first, member=first)
    builders.send_back(office, run, "tandatangan", second, member=second, reason="angka saya tidak dipakai")

    told = part(client_for(office.camat).get(f"/dokumen/{main_document(run).pk}/").text, "pernah-ditandatangani")

    assert first.full_name in told and "angka saya tidak dipakai" in told
    assert "digantikan" not in told and "belum ditandatangani siapa pun" not in told


def test_a_correction_ends_and_the_version_that_waited_is_told_apart(office, repaired, client_for):
    first = Document.objects.get(run=repaired.run, no=1)

    page = client_for(office.sekretaris).get(f"/dokumen/{first.pk}/").text

    assert "Digantikan oleh versi 2" in page
    assert "belum ditandatangani siapa pun" in part(page, "pernah-ditandatangani")
