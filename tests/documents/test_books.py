"""Numbers, copies, sending out, receipts, and the archive."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from runut.documents.actions import add_receipt, archive_document, reproduce_document
from runut.documents.actions.versions import keep, supersede
from runut.documents.models import ArchiveItem, Copy, Dispatch, RegisterEntry
from runut.documents.queries import archive_page, archived, current_content, main_document
from runut.lib.dates import MONTHS
from runut.lib.errors import Denied, Refused, Stale
from runut.lib.nip import format_nip
from runut.organisation.models import Office
from tests.correction import builders as cases
from tests.documents import builders
from tests.harness.scenes import scene
from tests.sop.play import do, open_task


@pytest.mark.requirement("R-NGORO-22", "R-NGORO-24", "R-SIDOARJO-32")
def test_the_agenda_gives_the_document_a_number_of_the_office(office, to_sign):
    document = main_document(to_sign.run)

    entry = RegisterEntry.objects.get()
    assert (entry.number, document.number) == ("065/1/2026", "065/1/2026")
    assert (entry.register, entry.recipient, entry.year, entry.seq) == ("agenda", "Seluruh pemangku kegiatan", 2026, 1)


@scene
def numbered(office, ngoro):
    """Ngoro at its agenda step, in an office of which agenda number 1 of 2026 is taken."""
    Office.objects.filter(pk=office.office.pk).update(number_code="416-306")
    run = ngoro.run
    builders.compile_data(office, run, office.kasubag, adequate=[ngoro.a1.pk, ngoro.b1.pk])
    builders.hand_up(office, run, "lapor", office.kasubag, office.sekretaris)
    cases.meet(office, run, dict.fromkeys(ngoro.case.items.order_by("pk"), "new"))
    builders.initial(office, run, office.kasubag, step="paraf_kasubag")
    builders.initial(office, run, office.sekretaris, step="paraf_sekretaris")
    document = main_document(run)
    RegisterEntry.objects.create(
        instansi=office.instansi,
        office=office.office,
        register="agenda",
        year=2026,
        seq=1,
        number="065/1/416-306/2026",
        day=date(2026, 1, 12),
        subject="Undangan rapat",
        recipient="Kasi",
        document=document,
        task=open_task(run, "agenda"),
    )
    return run


@pytest.mark.requirement("R-NGORO-24")
def test_a_number_that_is_taken_is_refused_with_what_it_was_given_to(office, numbered):
    with pytest.raises(Refused, match="Undangan rapat") as refusal:
        builders.register(office, numbered)

    assert refusal.value.code == "seq"
    assert RegisterEntry.objects.count() == 1
    builders.register(office, numbered, of=builders.line(3))
    assert main_document(numbered).number == "065/3/416-306/2026"


def test_the_same_sequence_of_another_book_is_free(office, numbered):
    builders.register(office, numbered, of=builders.line(1, register="surat"))

    assert RegisterEntry.objects.filter(seq=1).count() == 2
    assert main_document(numbered).number == ""


@pytest.mark.parametrize(("day", "code"), [(date(2026, 2, 4), "day"), (date(2026, 1, 12), "note")])
def test_a_day_to_come_is_refused_and_one_that_is_past_asks_why(office, numbered, day, code):
    with pytest.raises(Refused) as refusal:
        builders.register(office, numbered, of=builders.line(2, day=day))

    assert (refusal.value.code, RegisterEntry.objects.count()) == (code, 1)


def test_a_line_under_a_day_that_is_past_is_marked_with_its_reason(office, numbered, client_for):
    late = builders.line(2, day=date(2026, 1, 12), note="Buku agenda tertinggal di kabupaten")
    builders.register(office, numbered, of=late)

    entry = RegisterEntry.objects.get(seq=2)
    assert entry.is_backdated and not RegisterEntry.objects.get(seq=1).is_backdated
    page = client_for(office.sekretaris).get(f"/dokumen/{main_document(numbered).pk}/").text
    assert "tanggal mundur" in page and "tertinggal di kabupaten" in page


def test_a_document_is_registered_as_it_was_shown(office, numbered):
    with pytest.raises(Stale):
        builders.register(office, numbered, data_hash="0" * 64, of=builders.line(2))


def archive(cast, run, who=None):
    return archive_document(
        task_id=open_task(run, "arsip").pk,
        by=cast.actor(who or cast.staf),
        data_hash=main_document(run).data_hash,
        classification="065",
        retention_years=5,
        place="Lemari 2, boks 14",
    )


@pytest.mark.requirement("R-NGORO-26", "R-SIDOARJO-33")
def test_the_signed_report_ends_in_the_archive_and_closes_the_case(office, to_sign):
    for person in to_sign.pptk:
        builders.sign(office, to_sign.run, person, member=person)
    archive(office, to_sign.run)

    to_sign.run.refresh_from_db()
    to_sign.case.refresh_from_db()
    item = ArchiveItem.objects.get()
    assert (to_sign.run.state, to_sign.case.closed_at is not None) == ("done", True)
    assert (item.document, item.place, item.retention_years) == (main_document(to_sign.run), "Lemari 2, boks 14", 5)


def test_the_archive_is_found_by_place_and_the_book_by_number(office, to_sign):
    for person in to_sign.pptk:
        builders.sign(office, to_sign.run, person, member=person)
    archive(office, to_sign.run)
    actor = office.actor(office.sekretaris)

    assert [row.pk for row in archived(actor, search="boks 14")] == [main_document(to_sign.run).pk]
    assert archive_page(actor, search="065/1").paginator.count == 1
    assert archive_page(actor, search="tidak ada").paginator.count == 0


@scene
def sent_run(office, frozen_time):
    """A signed recap of units that is to be sent."""
    run = builders.of_units(office, office.units[2:4])
    builders.compile_data(office, run)
    builders.initial(office, run)
    builders.sign(office, run)
    return run


def test_sending_closes_the_run_and_the_receipt_may_follow(office, sent_run, frozen_time):
    builders.dispatch(office, sent_run)
    frozen_time.shift(timedelta(days=2))

    sent_run.refresh_from_db()
    sent = Dispatch.objects.get()
    assert (sent_run.state, sent.received_on) == ("done", None)

    add_receipt(dispatch=sent, by=office.actor(office.staf), received_on=date(2026, 2, 4), received_by="Bagian Umum")
    sent.refresh_from_db()
    assert (sent.received_on, sent.received_by) == (date(2026, 2, 4), "Bagian Umum")
    with pytest.raises(Refused, match="sudah dicatat"):
        add_receipt(dispatch=sent, by=office.actor(office.staf), received_on=date(2026, 2, 5), received_by="Lain")


def test_the_last_step_says_that_the_procedure_is_done(office, sent_run, client_for):
    client, task = client_for(office.staf), open_task(sent_run, "kirim")
    page = client.get(f"/tugas/{task.pk}/kirim/")
    form = {"key": page.context["page"].key, "act": "complete", "recipient_1": "Bagian Organisasi", "way": "langsung"}
    answer = client.post(
        f"/tugas/{task.pk}/kirim/",
        {**form, "sent_on": "2026-02-03", "data_hash": main_document(sent_run).data_hash},
        follow=True,
    )

    assert f"Tercatat: {task.text}. SOP ini selesai." in answer.text


def test_a_receipt_before_the_sending_is_refused(office, sent_run):
    builders.dispatch(office, sent_run)

    with pytest.raises(Refused, match="mendahului"):
        add_receipt(
            dispatch=Dispatch.objects.get(), by=office.actor(office.staf), received_on=date(2026, 1, 4), received_by="X"
        )


def test_what_was_signed_today_was_not_sent_yesterday(office, sent_run):
    with pytest.raises(Refused, match="Dokumen ini ditandatangani 3 Feb 2026") as refused:
        builders.dispatch(office, sent_run, sent_on=date(2026, 2, 2))

    assert refused.value.code == "sent_on" and not Dispatch.objects.exists()


def test_what_is_still_to_come_is_neither_sent_nor_received(office, sent_run):
    with pytest.raises(Refused, match="Tanggal kirim ini belum tiba") as refused:
        builders.dispatch(office, sent_run, sent_on=date(2026, 2, 4))
    assert refused.value.code == "sent_on" and not Dispatch.objects.exists()
    builders.dispatch(office, sent_run)
    with pytest.raises(Refused, match="Tanggal terima ini belum tiba"):
        add_receipt(
            dispatch=Dispatch.objects.get(), by=office.actor(office.staf), received_on=date(2026, 2, 4), received_by="X"
        )


def test_only_who_sends_notes_the_receipt(office, sent_run):
    builders.dispatch(office, sent_run)

    with pytest.raises(Denied):
        add_receipt(
            dispatch=Dispatch.objects.get(),
            by=office.actor(office.kasi[0]),
            received_on=date(2026, 2, 4),
            received_by="Bagian Umum",
        )


@scene
def kemlagi(office, yearly):
    """Kemlagi's report, signed: the cover letter is next."""
    run = yearly.run
    builders.draft(office, run)
    builders.approve(office, run, "koreksi", office.sekretaris)
    do(office, run, "rapat", office.sekretaris)
    builders.hand_up(office, run, "ajukan", office.sekretaris, office.camat)
    builders.approve(office, run, "setujui", office.camat)
    builders.sign(office, run)
    return run


def test_a_signed_report_goes_out_with_a_numbered_letter_copies_and_a_receipt(office, kemlagi):
    letter = builders.line(1, register="surat", recipient="Bupati", subject="Pengantar LKjIP 2026")
    builders.register(office, kemlagi, step="surat", of=letter, data_hash=main_document(kemlagi).data_hash)
    reproduce_document(
        task_id=open_task(kemlagi, "gandakan").pk,
        by=office.actor(office.staf),
        data_hash=main_document(kemlagi).data_hash,
        copies=[(2, "Bagian Organisasi"), (1, "Arsip")],
    )
    builders.dispatch(office, kemlagi, to="Bupati")

    kemlagi.refresh_from_db()
    assert kemlagi.state == "done"
    assert sorted(Copy.objects.values_list("amount", "meant_for")) == [(1, "Arsip"), (2, "Bagian Organisasi")]
    assert main_document(kemlagi).number == ""  # what was signed is not stamped afterwards


def test_the_letter_bears_its_day_and_the_block_of_whoever_sends_it(office, kemlagi, client_for):
    data_hash = main_document(kemlagi).data_hash
    builders.register(office, kemlagi, step="surat", of=builders.line(1, register="surat"), data_hash=data_hash)
    entry = RegisterEntry.objects.get()

    page = client_for(office.staf).get(f"/surat/{entry.pk}/").text

    assert "data-print" in page and f'<p class="crumbs"><a href="{entry.document.get_absolute_url()}">' in page
    day = entry.day
    assert f"Contoh, {day.day} {MONTHS['id'][day.month - 1]} {day.year}" in page
    assert "Jumat," not in page and "Senin," not in page
    block = page[page.index('<div class="signing">') :]
    assert "Camat</p>" in block and office.camat.full_name in block and format_nip(office.camat.nip) in block


@pytest.mark.parametrize(
    ("subject", "note"), [("Pengantar LKjIP 2026", "Pengantar LKjIP 2026"), ("", "Disampaikan dengan hormat")]
)
def test_the_letter_says_nothing_twice_and_how_many_copies_go_out(office, kemlagi, client_for, subject, note):
    document = main_document(kemlagi)
    letter = builders.line(1, register="surat", subject=subject or document.title)
    builders.register(office, kemlagi, step="surat", of=letter, data_hash=document.data_hash)

    page = client_for(office.staf).get(f"/surat/{RegisterEntry.objects.get().pk}/").text
    row = page.split("<tbody>")[1].split("</tbody>")[0]

    assert row.count(document.title) == 1
    assert note in row and "1 rangkap" in row
    # The closing formula is no remark on what is sent, also where a label stands before it.
    assert ('data-label="Keterangan"' in row) == bool(subject)


def test_the_copy_that_the_office_keeps_is_not_listed_as_sent(office, kemlagi, client_for):
    data_hash = main_document(kemlagi).data_hash
    letter = builders.line(1, register="surat", recipient="Bupati", subject="Pengantar LKjIP 2026")
    builders.register(office, kemlagi, step="surat", of=letter, data_hash=data_hash)
    copies = [(2, "Bagian Organisasi"), (1, "Arsip")]
    by = office.actor(office.staf)
    reproduce_document(task_id=open_task(kemlagi, "gandakan").pk, by=by, data_hash=data_hash, copies=copies)

    page = client_for(office.staf).get(f"/surat/{RegisterEntry.objects.get().pk}/").text

    row = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "2 rangkap" in row and "1 rangkap" not in row and "Arsip" not in row


def test_the_letter_of_a_replaced_version_says_whose_signatures_that_one_had_borne(office, kemlagi, client_for):
    first = main_document(kemlagi)
    letter = builders.line(1, register="surat")
    builders.register(office, kemlagi, step="surat", of=letter, data_hash=first.data_hash)
    supersede(first, reason="Satuan keliru.", at=timezone.now())
    url = f"/surat/{RegisterEntry.objects.get().pk}/"

    alone = client_for(office.staf).get(url).text
    keep(kemlagi, current_content(kemlagi), by=office.actor(office.staf), at=timezone.now())
    after = client_for(office.staf).get(url).text

    for page in (alone, after):
        assert 'id="pernah-ditandatangani"' in page and "Satuan keliru." in page
        assert f"<strong>{office.camat.full_name}</strong>, Camat, menandatangani pada" in page
    assert "versi baru sedang disusun" in alone and "digantikan versi 2" in after
    # What goes out with the letter now is another version: on its paper the old signatures have no place.
    assert alone.index('id="pernah-ditandatangani"') < alone.index("</article>")
    assert after.index('id="pernah-ditandatangani"') > after.index("</article>")


def test_a_letter_of_an_office_without_a_head_leaves_room_for_the_name(office, kemlagi, client_for):
    data_hash = main_document(kemlagi).data_hash
    builders.register(office, kemlagi, step="surat", of=builders.line(1, register="surat"), data_hash=data_hash)
    office.camat.assignments.update(end="2026-01-02")

    page = client_for(office.staf).get(f"/surat/{RegisterEntry.objects.get().pk}/").text

    assert "NIP ………" in page and office.camat.full_name not in page[page.index("<article") :]


def test_a_documents_number_stands_with_its_day_and_signatures_without_the_weekday(office, to_sign, client_for):
    for person in to_sign.pptk:
        builders.sign(office, to_sign.run, person, member=person)
    document = main_document(to_sign.run)
    entry = RegisterEntry.objects.get()

    page = client_for(office.camat).get(document.get_absolute_url()).text

    words = f"{entry.day.day} {MONTHS['id'][entry.day.month - 1]} {entry.day.year}"
    assert f"Nomor: {document.number}<br>Tanggal: {words}</p>" in page
    at = timezone.localdate(document.signatures.first().at)
    assert f"<p>Contoh, {at.day} {MONTHS['id'][at.month - 1]} {at.year}<br>" in page


def test_the_page_of_copies_asks_for_each_thing_once_in_its_own_words(office, kemlagi, client_for):
    builders.register(
        office, kemlagi, step="surat", of=builders.line(register="surat"), data_hash=main_document(kemlagi).data_hash
    )
    client, address = client_for(office.staf), f"/tugas/{open_task(kemlagi, 'gandakan').pk}/gandakan/"
    page = client.get(address)
    form, key = page.context["form"], page.context["page"].key
    assert form.fields["whom_1"].required and form.fields["amount_1"].required
    sent = {"key": key, "act": "complete", "data_hash": main_document(kemlagi).data_hash}

    nobody = client.post(address, {**sent, "whom_1": "", "amount_1": "1"}).context["form"].errors
    words = client.post(address, {**sent, "whom_1": "Arsip", "amount_1": "dua"}).context["form"].errors

    assert nobody == {"whom_1": ["Tulis untuk siapa salinannya, paling sedikit satu."]}
    assert words == {"amount_1": ["Isi dengan angka bulat."]}


def test_the_copies_are_first_for_whom_the_letter_names(office, kemlagi, client_for):
    letter = builders.line(register="surat", recipient="Bupati Majapura")
    builders.register(office, kemlagi, step="surat", of=letter, data_hash=main_document(kemlagi).data_hash)

    page = client_for(office.staf).get(f"/tugas/{open_task(kemlagi, 'gandakan').pk}/gandakan/").text

    assert '<input type="text" name="whom_1" value="Bupati Majapura"' in page


def test_no_copies_are_no_reproduction(office, kemlagi):
    builders.register(
        office, kemlagi, step="surat", of=builders.line(register="surat"), data_hash=main_document(kemlagi).data_hash
    )
    with pytest.raises(Refused, match="salinannya"):
        reproduce_document(
            task_id=open_task(kemlagi, "gandakan").pk,
            by=office.actor(office.staf),
            data_hash=main_document(kemlagi).data_hash,
            copies=[],
        )
