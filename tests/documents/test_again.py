"""What comes round again: a number that was given, a paraf that became void."""

import pytest

from runut.documents.actions import register_document, send_back
from runut.documents.models import RegisterEntry
from runut.documents.queries import main_document
from runut.lib.errors import Refused
from tests.correction import builders as cases
from tests.documents import builders
from tests.sop.play import open_task


@pytest.fixture
def numbered_before(office, to_sign):
    """Ngoro at its agenda step for the second time: a signature was refused after number 1 had been given."""
    run, (_first, second) = to_sign.run, to_sign.pptk
    builders.send_back(office, run, "tandatangan", second, member=second, reason="angka saya tidak dipakai")
    cases.meet(office, run, dict.fromkeys(to_sign.case.items.order_by("pk"), "new"))
    builders.initial(office, run, office.kasubag, step="paraf_kasubag")
    builders.initial(office, run, office.sekretaris, step="paraf_sekretaris")
    return run


def page_of(office, run, client_for):
    client, url = client_for(office.staf), f"/tugas/{open_task(run, 'agenda').pk}/agenda/"
    page = client.get(url)
    hidden = {"key": page.context["page"].key, "act": "complete", "data_hash": page.context["paper"].data_hash}
    return client, url, page, hidden


def test_the_register_offers_the_number_that_the_document_has(office, numbered_before, client_for):
    client, url, page, hidden = page_of(office, numbered_before, client_for)
    [kept] = RegisterEntry.objects.all()
    assert "Pakai nomor yang sudah ada: 065/1/2026" in page.content.decode()
    assert page.context["form"]["number"].value() == str(kept.pk)

    answer = client.post(url, {**hidden, "number": kept.pk})

    assert answer.status_code == 302
    assert RegisterEntry.objects.get() == kept
    assert main_document(numbered_before).number == "065/1/2026"
    assert open_task(numbered_before, "tandatangan", "p" + str(office.kasi[0].pk))


def test_the_book_leads_to_the_version_that_bears_the_number_now(office, to_sign, client_for):
    run, (_first, second) = to_sign.run, to_sign.pptk
    old = main_document(run)
    builders.send_back(office, run, "tandatangan", second, member=second, reason="angka saya tidak dipakai")
    cases.meet(office, run, dict.fromkeys(to_sign.case.items.order_by("pk"), "old"))
    builders.initial(office, run, office.kasubag, step="paraf_kasubag")
    builders.initial(office, run, office.sekretaris, step="paraf_sekretaris")
    assert f'href="{old.get_absolute_url()}">065/1/2026' in client_for(office.staf).get("/arsip/").text
    client, url, _page, hidden = page_of(office, run, client_for)
    client.post(url, {**hidden, "number": RegisterEntry.objects.get().pk})

    page = client.get("/arsip/").text

    assert main_document(run).pk != old.pk
    assert f'href="{main_document(run).get_absolute_url()}">065/1/2026' in page


def test_a_new_number_is_given_on_purpose_and_stands_on_the_document(office, numbered_before, client_for):
    client, url, _page, hidden = page_of(office, numbered_before, client_for)
    line = {
        "register": "agenda",
        "classification": "065",
        "seq": "2",
        "day": "2026-02-03",
        "subject": "Laporan",
        "recipient": "PPTK",
    }

    assert client.post(url, {**hidden, "number": "new"}).status_code == 422
    assert client.post(url, {**hidden, "number": "new", **line}).status_code == 302

    assert sorted(RegisterEntry.objects.values_list("seq", flat=True)) == [1, 2]
    assert main_document(numbered_before).number == "065/2/2026"


def test_only_a_number_of_this_procedure_is_kept(office, numbered_before):
    other = builders.validated(office, office.asn_of(office.kasi[0])[:2])
    builders.compile_data(office, other)
    foreign = RegisterEntry.objects.get()
    foreign.pk, foreign.seq, foreign.number, foreign.document = None, 9, "065/9/2026", main_document(other)
    foreign.save()

    with pytest.raises(Refused, match="bukan nomor dokumen ini"):
        register_document(
            task_id=open_task(numbered_before, "agenda").pk,
            by=office.actor(office.staf),
            data_hash=builders.shown(numbered_before),
            line=foreign.pk,
        )


def test_a_return_belongs_to_the_kind_of_its_step(office, compiled):
    with pytest.raises(Refused, match="halaman lain"):
        send_back(
            task_id=open_task(compiled.run, "paraf").pk,
            by=office.actor(office.sekretaris),
            work="approve",
            outcome="return",
            reason="keliru",
        )


def test_the_dossier_says_of_parafs_and_signatures_that_they_hold_no_longer(office, to_sign, client_for):
    run, (first, second) = to_sign.run, to_sign.pptk
    address, camat = to_sign.case.get_absolute_url(), client_for(office.camat)
    builders.sign(office, run, first, member=first)
    before = camat.get(address).text
    assert before.count(">Diparaf<") == 2 and "Tidak berlaku lagi" not in before

    builders.send_back(office, run, "tandatangan", second, member=second, reason="angka saya tidak dipakai")
    after = camat.get(address).text
    assert ">Diparaf<" not in after and after.count("Paraf sebelum dikembalikan") == 2
    signing = after[after.index('id="ttd"') : after.index('id="arsip"')]
    assert "Tidak berlaku lagi" in signing and first.full_name in signing and "Selesai" not in signing

    cases.meet(office, run, dict.fromkeys(to_sign.case.items.order_by("pk"), "new"))
    builders.initial(office, run, office.kasubag, step="paraf_kasubag")
    again = camat.get(address).text
    assert (again.count(">Diparaf<"), again.count("Paraf sebelum dikembalikan")) == (1, 2)
