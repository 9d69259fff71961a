"""The pages of documents: what they show, to whom, and what they do with a wrong form."""

import re

import pytest

from runut.collection.models import Line, Value
from runut.documents.actions import refresh_document
from runut.documents.models import Document, RegisterEntry, Signature
from runut.documents.queries import main_document
from tests.cast import PASSWORD, build_office
from tests.collection import builders as forms
from tests.correction import builders as cases
from tests.documents import builders
from tests.sop.play import install, open_task


def text(response):
    return response.content.decode()


def key_on(response):
    return response.context["page"].key


def fields(response, act="complete", **more):
    return {"key": key_on(response), "act": act, "data_hash": response.context["paper"].data_hash, **more}


@pytest.mark.requirement("R-INSP-15")
def test_gathering_shows_how_many_of_how_many_and_goes_on(office, pair, client_for):
    client, task = client_for(office.staf), open_task(pair.run, "himpun")
    page = client.get(f"/tugas/{task.pk}/himpun/")

    assert "2 dari 2 sudah masuk" in text(page)
    assert pair.a.full_name in text(page)
    answer = client.post(f"/tugas/{task.pk}/himpun/", fields(page))
    assert answer.status_code == 302
    assert main_document(pair.run).no == 1


def test_gathering_says_who_was_left_out_from_the_beginning(office, pair, client_for):
    page = text(client_for(office.staf).get(f"/tugas/{open_task(pair.run, 'himpun').pk}/himpun/"))

    assert "Tidak diikutkan sejak disiapkan" in page
    assert f"{office.camat.full_name} (" in page and "Tidak diikutkan: " in page


def test_a_return_from_the_page_takes_the_ticked_ones(office, pair, client_for):
    client, task = client_for(office.staf), open_task(pair.run, "himpun")
    url = f"/tugas/{task.pk}/himpun/"
    page = client.get(url)

    without_reason = client.post(url, fields(page, "return", chosen=[pair.a.pk]))
    assert without_reason.status_code == 422
    assert "checked" in text(without_reason)
    assert '<a href="#reason">Tulis alasan pengembalian' in text(without_reason)
    assert "<title>Masalah:" in " ".join(text(without_reason).split())
    done = client.post(url, fields(page, "return", chosen=[pair.a.pk], reason="satuan keliru"))
    assert done.status_code == 302
    assert pair.run.sheets.get(pegawai=pair.a).state == "returned"


@pytest.mark.requirement("R-INSP-16")
def test_the_print_shows_the_paraf_beside_the_rows_it_covers(office, compiled, client_for):
    page = text(client_for(office.camat).get(f"/dokumen/{main_document(compiled.run).pk}/"))

    assert page.count("diparaf") == 2
    assert "Kepala Seksi Pemerintahan" in page
    assert 'class="kop"' in page


def test_the_initial_page_says_that_the_paraf_holds_for_this_content(office, compiled, client_for):
    client, task = client_for(office.sekretaris), open_task(compiled.run, "paraf")
    page = client.get(f"/tugas/{task.pk}/paraf/")
    assert "persis seperti di atas" in text(page)

    stale = client.post(f"/tugas/{task.pk}/paraf/", {**fields(page), "data_hash": "0" * 64})
    assert stale.status_code == 409
    assert client.post(f"/tugas/{task.pk}/paraf/", fields(page)).status_code == 302


@pytest.mark.requirement("R-INSP-17")
def test_signing_says_what_kind_of_signature_it_is_and_asks_for_the_password(office, compiled, client_for):
    builders.initial(office, compiled.run)
    document, task = main_document(compiled.run), open_task(compiled.run, "tandatangan")
    client = client_for(office.camat)
    onward = client.get(f"/tugas/{task.pk}/ttd/")
    url = f"/ttd/{document.pk}/?task={task.pk}"
    assert onward["Location"] == url

    page = client.get(url)
    assert "bukan TTE tersertifikasi" in text(page)
    assert "0 dari 1 sudah" in text(page)
    wrong = client.post(url, fields(page, password="salah-sekali-ini", read="on"))
    assert wrong.status_code == 422
    assert "Sisa 4 percobaan" in text(wrong)
    assert "salah-sekali-ini" not in text(wrong)
    assert client.post(url, fields(page, password=PASSWORD)).status_code == 422
    assert client.post(url, fields(page, password=PASSWORD, read="on")).status_code == 302
    assert Signature.objects.count() == 1


@pytest.mark.requirement("R-KINTOM-10")
def test_the_signer_of_validated_data_can_have_them_verified_again(office, compiled, client_for):
    builders.initial(office, compiled.run)
    url = f"/ttd/{main_document(compiled.run).pk}/?task={open_task(compiled.run, 'tandatangan').pk}"
    # Without a procedure for it the button could only end in a refusal.
    assert "/perbaikan/buka/" not in text(client_for(office.camat).get(url))
    install(office, "kintom")
    assert f"/perbaikan/buka/?run={compiled.run.pk}" in text(client_for(office.camat).get(url))


def test_somebody_elses_task_is_read_only_and_a_post_is_refused(office, compiled, client_for):
    task = open_task(compiled.run, "paraf")
    client = client_for(office.staf)

    assert client.get(f"/tugas/{task.pk}/paraf/").status_code == 302
    answer = client.post(f"/tugas/{task.pk}/paraf/", {"key": "k", "act": "complete", "data_hash": "x"})
    assert answer.status_code == 403


def test_a_task_of_another_kind_has_no_page_here(office, compiled, client_for):
    task = open_task(compiled.run, "paraf")

    assert client_for(office.sekretaris).get(f"/tugas/{task.pk}/himpun/").status_code == 404


@pytest.mark.requirement("R-NGORO-24")
def test_the_register_page_proposes_the_next_number_and_names_a_taken_one(office, ngoro, client_for):
    run = ngoro.run
    _to_agenda(office, ngoro)
    task, client = open_task(run, "agenda"), client_for(office.staf)
    url = f"/tugas/{task.pk}/agenda/"
    page = client.get(url)
    assert "065/1/2026" in text(page)
    form = {
        "register": "agenda",
        "classification": "065",
        "day": "2026-02-03",
        "subject": "Laporan",
        "recipient": "PPTK",
    }
    _take_number_one(office, run)

    taken = client.post(url, fields(page, seq="1", **form))
    assert taken.status_code == 422
    assert "sudah dipakai" in text(taken)
    assert 'value="Laporan"' in text(taken)
    assert client.post(url, fields(page, seq="2", **form)).status_code == 302


def _to_agenda(office, ngoro):
    run = ngoro.run
    builders.compile_data(office, run, office.kasubag, adequate=[ngoro.a1.pk, ngoro.b1.pk])
    builders.hand_up(office, run, "lapor", office.kasubag, office.sekretaris)
    cases.meet(office, run, dict.fromkeys(ngoro.case.items.order_by("pk"), "new"))
    builders.initial(office, run, office.kasubag, step="paraf_kasubag")
    builders.initial(office, run, office.sekretaris, step="paraf_sekretaris")


def _take_number_one(office, run):
    RegisterEntry.objects.create(
        instansi=office.instansi,
        office=office.office,
        register="agenda",
        year=2026,
        seq=1,
        number="065/1/2026",
        day="2026-01-12",
        subject="Undangan rapat",
        recipient="Kasi",
        document=main_document(run),
        task=open_task(run, "agenda"),
    )


@pytest.mark.requirement("R-NGORO-16")
def test_the_adequacy_questions_are_asked_per_figure(office, ngoro, client_for):
    task, client = open_task(ngoro.run, "himpun"), client_for(office.kasubag)
    url = f"/tugas/{task.pk}/himpun/"
    page = client.get(url)
    assert text(page).count("Penyebab kesalahan sudah hilang?") == 2
    assert "<del>97,8</del>" in text(page)

    unanswered = client.post(url, fields(page))
    assert unanswered.status_code == 422
    answers = {f"{name}_{figure.pk}": "ya" for name in ("cause", "follow") for figure in (ngoro.a1, ngoro.b1)}
    assert client.post(url, fields(page, **answers)).status_code == 302


def _answers(ngoro, **unfit):
    """ "Ya" to every question; "Tidak" to the cause of the named figures, with a note where one is given."""
    answers = {f"{name}_{figure.pk}": "ya" for name in ("cause", "follow") for figure in (ngoro.a1, ngoro.b1)}
    for name, note in unfit.items():
        pk = getattr(ngoro, name).pk
        answers |= {f"cause_{pk}": "tidak", f"note_{pk}": note}
    return answers


@pytest.mark.requirement("R-SIDOARJO-34")
def test_who_repaired_what_does_not_suffice_is_ticked_to_get_it_back(office, ngoro, client_for):
    task, client = open_task(ngoro.run, "himpun"), client_for(office.kasubag)
    url = f"/tugas/{task.pk}/himpun/"
    page = client.get(url)

    refused = client.post(url, fields(page, **_answers(ngoro, a1="penyebab belum jelas")))
    boxes = re.findall(r'name="chosen" value="(\d+)"( checked)?', text(refused))
    back = client.post(url, fields(page, "return", reason="belum memadai", **_answers(ngoro, a1="", b1="ulangi")))

    assert (refused.status_code, back.status_code) == (422, 302)
    assert dict(boxes) == {str(ngoro.pptk[0].pk): " checked", str(ngoro.pptk[1].pk): ""}
    notes = dict(Line.objects.filter(sheet__run=ngoro.run).values_list("figure", "verdict_note"))
    assert notes == {ngoro.a1.pk: "belum memadai", ngoro.b1.pk: "ulangi"}


def test_who_is_ticked_without_a_judgement_gets_the_whole_form_back(office, ngoro, client_for):
    task, client = open_task(ngoro.run, "himpun"), client_for(office.kasubag)
    url = f"/tugas/{task.pk}/himpun/"
    sent = {**_answers(ngoro, a1="ulangi"), "chosen": [ngoro.pptk[1].pk], "reason": "bukti tertukar"}

    answer = client.post(url, fields(client.get(url), "return", **sent))

    assert answer.status_code == 302
    assert [s.pegawai for s in ngoro.run.sheets.filter(state="returned")] == [ngoro.pptk[1]]


def test_the_summary_of_a_report_is_read_by_whoever_comes_next_with_a_way_to_the_case(office, ngoro, client_for):
    builders.compile_data(office, ngoro.run, office.kasubag, adequate=[ngoro.a1.pk, ngoro.b1.pk])
    builders.hand_up(office, ngoro.run, "lapor", office.kasubag, office.sekretaris)
    task = open_task(ngoro.run, "rapat")

    page = text(client_for(office.sekretaris).get(f"/tugas/{task.pk}/", follow=True))

    assert "Dua angka diperbaiki." in page
    case = ngoro.run.corrections.get()
    assert f'<a class="btn btn-secondary btn-small" href="{case.get_absolute_url()}">Buka {case.code}</a>' in page


def test_a_draft_is_kept_and_an_empty_chapter_keeps_the_others(office, yearly, client_for):
    task, client = open_task(yearly.run, "draf"), client_for(office.kasubag)
    url = f"/tugas/{task.pk}/konsep/"
    page = client.get(url)
    chapters = {"chapter_1": "Gambaran umum kantor.", "chapter_2": "", "chapter_3": "", "chapter_4": ""}

    saved = client.post(url, fields(page, save="1", **chapters), follow=True)
    assert "Gambaran umum kantor." in text(saved)
    refused = client.post(url, fields(page, **chapters))
    assert refused.status_code == 422
    assert "BAB II" in text(refused)
    assert "Gambaran umum kantor." in text(refused)
    full = dict.fromkeys(chapters, "Isi bab.")
    assert client.post(url, fields(page, **full)).status_code == 302
    assert main_document(yearly.run).kind == "report"


@pytest.mark.requirement("R-INSP-8")
def test_a_recap_of_persons_is_for_those_who_handle_it(office, compiled, client_for):
    url = f"/dokumen/{main_document(compiled.run).pk}/"

    seen = {
        person: client_for(person).get(url).status_code for person in (office.camat, office.staf, office.sekretaris)
    }
    assert set(seen.values()) == {200}
    assert client_for(compiled.a).get(url).status_code == 404
    assert client_for(office.kasi[1]).get(url).status_code == 404
    stranger = build_office("dinas", instansi=office.instansi)
    assert client_for(stranger.camat).get(url).status_code == 404
    assert client_for(compiled.kasi).get("/himpunan/2026/1/").status_code == 404


def test_a_recap_of_units_is_for_the_whole_office(office, frozen_time, client_for):
    run = builders.of_units(office, office.units[2:4])
    builders.compile_data(office, run)

    assert client_for(office.asn[0]).get(f"/dokumen/{main_document(run).pk}/").status_code == 200
    assert client_for(office.asn[0]).get("/himpunan/2026/1/").status_code == 200


def test_the_collector_goes_from_the_period_to_the_work(office, pair, client_for):
    task = open_task(pair.run, "himpun")

    answer = client_for(office.staf).get("/himpunan/2026/1/")

    assert answer["Location"] == f"/tugas/{task.pk}/himpun/"


def test_a_version_that_no_longer_holds_says_why(office, compiled, client_for):
    builders.initial(office, compiled.run)
    first = main_document(compiled.run)
    builders.send_back(office, compiled.run, "tandatangan", office.camat, chosen=[compiled.a], reason="IKM keliru")
    forms.fill_in(office, compiled.run, compiled.a, "80", None)
    forms.review(office, compiled.run, compiled.a, compiled.kasi)
    builders.compile_data(office, compiled.run)

    page = text(client_for(office.camat).get(f"/dokumen/{first.pk}/"))
    assert "Digantikan oleh versi 2" in page
    assert "IKM keliru" in page


@pytest.mark.parametrize("path", ["/dokumen/", "/arsip/", "/arsip/?tampil=arsip", "/lkjip/2026/", "/publik/"])
def test_lists_have_something_to_say_when_empty(office, client_for, path):
    page = client_for(office.camat).get(path)

    assert page.status_code == 200
    assert "Belum ada" in text(page)


def test_a_list_of_documents_costs_the_same_for_one_and_for_many(
    office, frozen_time, client_for, django_assert_max_num_queries
):
    people = office.asn_of(office.kasi[0])[:2]
    run = builders.signed_recap(office, people)
    document = main_document(run)
    for no in range(2, 12):
        Document.objects.create(
            **{
                field.attname: getattr(document, field.attname)
                for field in Document._meta.concrete_fields
                if field.attname not in ("id", "no", "supersedes_id")
            },
            no=no,
        )
    client = client_for(office.camat)
    client.get("/dokumen/")

    with django_assert_max_num_queries(9):
        page = client.get("/dokumen/")

    assert page.context["page"].paginator.count == 11


@pytest.mark.requirement("R-ALL-9")
def test_a_signature_block_shows_position_rank_and_nip(office, frozen_time, client_for):
    run = builders.signed_recap(office, office.asn_of(office.kasi[0])[:2])
    page = text(client_for(office.sekretaris).get(f"/dokumen/{main_document(run).pk}/"))

    assert "Camat" in page
    assert office.camat.rank in page
    assert office.camat.nip[-3:] in page


def test_the_cover_letter_and_the_receipt_have_their_pages(office, frozen_time, client_for):
    run = builders.of_units(office, office.units[2:4])
    builders.compile_data(office, run)
    builders.initial(office, run)
    builders.sign(office, run)
    builders.dispatch(office, run)
    sent = main_document(run).dispatches.get()
    client = client_for(office.staf)

    assert "Catat tanda terima" in text(client.get(f"/dokumen/{main_document(run).pk}/"))
    url = f"/pengiriman/{sent.pk}/terima/"
    assert client.post(url, {"received_on": "kemarin", "received_by": "X"}).status_code == 422
    early = client.post(url, {"received_on": "2026-01-04", "received_by": "Bagian Umum"})
    assert early.status_code == 422 and "mendahului tanggal kirim" in text(early) and "Bagian Umum" in text(early)
    assert client.post(url, {"received_on": "2026-02-03", "received_by": "Bagian Umum"}).status_code == 302
    assert client_for(office.kasi[0]).get(url).status_code == 403


@pytest.mark.requirement("R-INSP-6")
def test_figures_that_nobody_validated_are_marked(office, compiled, client_for):
    figure = Value.objects.filter(figure__pegawai=compiled.a).first().figure
    builders.hand_in_anew(office, figure)
    builders.initial(office, compiled.run)
    refresh_document(task_id=open_task(compiled.run, "tandatangan").pk, by=office.actor(office.camat))

    page = text(client_for(office.camat).get(f"/dokumen/{main_document(compiled.run).pk}/"))

    assert "Belum divalidasi" in page


def test_a_procedure_that_does_not_validate_marks_what_is_not_signed(office, yearly, client_for):
    builders.draft(office, yearly.run)

    page = text(client_for(office.camat).get(f"/dokumen/{main_document(yearly.run).pk}/"))

    assert "Angka dalam dokumen ini belum ditandatangani." in page
    assert "divalidasi" not in page


def test_a_document_that_changed_offers_a_new_version_to_who_signs(office, compiled, client_for):
    builders.initial(office, compiled.run)
    task = open_task(compiled.run, "tandatangan")
    figure = Value.objects.filter(figure__pegawai=compiled.a).first().figure
    builders.hand_in_anew(office, figure)
    client = client_for(office.camat)
    page = client.get(f"/ttd/{main_document(compiled.run).pk}/?task={task.pk}")
    assert "Buat versi baru" in text(page)
    assert "Baca isinya di sini: 4 angka" in text(page)

    client.post(f"/tugas/{task.pk}/dokumen-baru/")
    assert main_document(compiled.run).no == 2
    shown = client_for(office.sekretaris).get(f"/dokumen/{main_document(compiled.run).pk}/")
    assert "Paraf ulang" in text(shown)
    renewed = client_for(office.sekretaris).post(
        f"/dokumen/{main_document(compiled.run).pk}/paraf-ulang/", {"data_hash": shown.context["now_hash"]}
    )
    assert renewed.status_code == 302
    assert refresh_document(task_id=task.pk, by=office.actor(office.camat)).no == 2
