"""The page on which a superior compares, declares right or sends back; and the history of a figure."""

import re
from datetime import date

import pytest

from runut.collection.actions import write_remark
from runut.collection.models import Evidence, SheetState
from runut.collection.queries import hash_of_rows, rows_of
from runut.lib.acts import new_key
from runut.planning.models import Indicator, Target
from tests.collection import builders
from tests.collection.builders import fill_in, review, sheet_of, type_in
from tests.harness.scenes import scene
from tests.sop.play import open_task
from tests.sop.test_engine import assert_log_replays_to_the_rows


@scene
def handed_in(office, people):
    fill_in(office, people.run, people.a)
    fill_in(office, people.run, people.b)
    return people


def _post(client, sheet, act="complete", **more):
    data = {"act": act, "key": new_key(), "data_hash": hash_of_rows(rows_of(sheet)), **more}
    return client.post(f"/validasi/{sheet.pk}/", data)


def test_the_task_leads_to_the_comparison(office, handed_in, client_for):
    task = open_task(handed_in.run, "periksa", f"p{handed_in.a.pk}")

    answer = client_for(handed_in.kasi).get(f"/tugas/{task.pk}/", follow=True)

    assert answer.redirect_chain[-1][0] == f"/validasi/{handed_in.sheet.pk}/"
    assert "Validasi dan paraf, buka formulir berikutnya" in answer.text
    assert f"Kembalikan ke {handed_in.a.full_name}" in answer.text
    assert "Formulir 1 dari 2" in answer.text


def test_after_a_verdict_the_next_form_opens_by_itself_and_at_last_the_inbox(office, handed_in, client_for):
    client = client_for(handed_in.kasi)

    first = _post(client, handed_in.sheet)
    other = sheet_of(handed_in.run, handed_in.b)
    following = client.get(first.url)
    last = _post(client, other)

    assert following.url == f"/validasi/{other.pk}/"
    assert last.url == "/tugas/"
    handed_in.sheet.refresh_from_db()
    assert handed_in.sheet.state == SheetState.VALIDATED


def test_a_note_sends_the_form_back(office, handed_in, client_for):
    line = handed_in.sheet.lines.get(figure__no=2)

    marks = {f"verdict-{line.pk}": "noted", f"note-{line.pk}": "Bukti tidak cocok dengan angka."}
    answer = _post(client_for(handed_in.kasi), handed_in.sheet, "return", **marks)

    handed_in.sheet.refresh_from_db()
    line.refresh_from_db()
    assert (answer.status_code, handed_in.sheet.state) == (302, SheetState.RETURNED)
    assert line.verdict_note == "Bukti tidak cocok dengan angka."


def test_a_note_forgotten_is_asked_for_and_the_choice_stays(office, handed_in, client_for):
    line = handed_in.sheet.lines.get(figure__no=2)

    answer = _post(client_for(handed_in.kasi), handed_in.sheet, "return", **{f"verdict-{line.pk}": "noted"})

    assert answer.status_code == 422
    assert "Tulis catatan untuk “Berkas selesai tepat waktu”" in answer.text
    assert f'name="verdict-{line.pk}" value="noted" checked' in answer.text


def test_ready_reasons_are_ticked_without_a_script_and_added_to_in_words(office, handed_in, client_for):
    line = handed_in.sheet.lines.get(figure__no=2)
    marks = {f"verdict-{line.pk}": "noted", f"ready-{line.pk}": ["0", "2"], f"note-{line.pk}": "Lihat rekap."}
    client = client_for(handed_in.kasi)

    page = client.get(f"/validasi/{handed_in.sheet.pk}/").text
    _post(client, handed_in.sheet, "return", **marks)

    line.refresh_from_db()
    assert f'name="ready-{line.pk}" value="2">Satuan keliru.' in page
    assert line.verdict_note == "Bukti tidak cocok dengan angka. Satuan keliru. Lihat rekap."


def test_what_goes_back_may_be_waited_for_longer_than_by_the_procedure_never_shorter(office, handed_in, client_for):
    line = handed_in.sheet.lines.get(figure__no=2)
    marks = {f"verdict-{line.pk}": "noted", f"ready-{line.pk}": "1"}
    client = client_for(handed_in.kasi)

    answers = [_post(client, handed_in.sheet, "return", due=day, **marks) for day in ("x", "2026-02-03", "2026-02-15")]
    answer = _post(client, handed_in.sheet, "return", due="2026-02-13", **marks)

    assert [each.status_code for each in answers] == [422, 422, 422]
    assert "sesudah batas yang sekarang" in answers[1].text and "Kantor tutup" in answers[2].text
    assert f'name="ready-{line.pk}" value="1" checked' in answers[2].text
    assert 'value="2026-02-15"' in answers[2].text
    assert answer.status_code == 302
    task = open_task(handed_in.run, "isi", f"p{handed_in.a.pk}")
    assert task.due_at.date() == date(2026, 2, 13)
    assert_log_replays_to_the_rows(handed_in.run)


def test_after_a_return_a_text_to_send_is_one_link_away(office, handed_in, client_for):
    line = handed_in.sheet.lines.get(figure__no=2)
    client = client_for(handed_in.kasi)

    _post(client, handed_in.sheet, "return", **{f"verdict-{line.pk}": "noted", f"ready-{line.pk}": "1"})
    page = client.get("/tugas/").text
    link = re.search(r'<a href="([^"]+)">Salin teks WhatsApp</a>', page)[1]

    assert f"Yth. {handed_in.a.full_name}," in client.get(link).text


def test_a_stale_page_gets_a_clear_answer(office, handed_in, client_for):
    client = client_for(handed_in.kasi)

    answer = client.post(f"/validasi/{handed_in.sheet.pk}/", {"act": "complete", "key": "k", "data_hash": "0" * 64})
    _post(client, handed_in.sheet)
    again = _post(client, handed_in.sheet)

    assert (answer.status_code, again.status_code) == (409, 409)
    assert "Data berubah sejak halaman ini Anda buka" in answer.text


def test_the_wrong_person_may_not_even_see_it(office, handed_in, client_for):
    assert client_for(office.kasi[1]).get(f"/validasi/{handed_in.sheet.pk}/").status_code == 404
    assert _post(client_for(office.kasi[1]), handed_in.sheet).status_code == 404
    assert _post(client_for(office.camat), handed_in.sheet).status_code == 403


def test_what_is_unusual_comes_first(office, people, client_for):
    type_in(office, people.sheet, people.a, "80", "9")
    fill_in(office, people.run, people.a, None, None)

    page = client_for(people.kasi).get(f"/validasi/{people.sheet.pk}/").text

    assert page.index("Berkas selesai tepat waktu</a>") < page.index("Nilai kepuasan masyarakat (IKM)</a>")


def _words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_what_was_repaired_stands_beside_what_it_said_before(office, handed_in, client_for):
    review(office, handed_in.run, handed_in.a, handed_in.kasi, "return", {1: "Bukti menunjukkan 88."})
    fill_in(office, handed_in.run, handed_in.a, None, "88")

    page = client_for(handed_in.kasi).get(f"/validasi/{handed_in.sheet.pk}/").text

    assert re.search(r"Putaran sebelumnya: <del>90\s*</del>.*?<ins>88\s*</ins>", page)
    assert page.count("<del>") == 1
    assert "90 → 88 −2" in _words(page)


def test_the_change_is_from_the_last_period_and_one_s_own_rounds_stand_apart(office, handed_in, client_for):
    person, run = handed_in.a, builders.start_again(office)
    for made in Indicator.objects.filter(pegawai=person):
        Target.objects.create(instansi=office.instansi, indicator=made, year=2026, quarter=2, amount=80)
    builders.prepare(office, run, [person], quarter=2)
    builders.distribute(office, run)
    fill_in(office, run, person, "80", "95")
    review(office, run, person, handed_in.kasi, "return", {1: "Bukti menunjukkan 88."})
    fill_in(office, run, person, None, "88")

    page = client_for(handed_in.kasi).get(f"/validasi/{sheet_of(run, person).pk}/").text

    assert re.findall(r'data-label="Perubahan dari Triwulan I 2026">([^<]+)<', page) == ["−4,75", "−2"]
    assert "Putaran sebelumnya: 95 → 88 −7" in _words(page)
    assert page.count("Putaran sebelumnya:") == 1


def test_the_history_of_a_figure_shows_every_version_and_strikes_the_old(office, handed_in, client_for):
    figure = handed_in.sheet.lines.get(figure__no=2).figure
    review(office, handed_in.run, handed_in.a, handed_in.kasi, "return", {1: "Bukti menunjukkan 88."})
    fill_in(office, handed_in.run, handed_in.a, None, "88")
    review(office, handed_in.run, handed_in.a, handed_in.kasi)

    page = client_for(handed_in.a).get(f"/angka/{figure.pk}/").text

    assert '<del class="num">90\n</del>' in page
    assert '<ins class="num">88\n</ins>' in page
    assert "Bukti menunjukkan 88." in page
    assert "Divalidasi" in page
    assert client_for(handed_in.b).get(f"/angka/{figure.pk}/").status_code == 404


def test_the_history_says_who_returned_a_version_when_and_why(office, handed_in, client_for):
    first, second = (handed_in.sheet.lines.get(figure__no=no).figure for no in (1, 2))
    review(office, handed_in.run, handed_in.a, handed_in.kasi, "return", {1: "Bukti menunjukkan 88."})
    fill_in(office, handed_in.run, handed_in.a, None, "88")

    pages = [_words(client_for(handed_in.a).get(f"/angka/{figure.pk}/").text) for figure in (first, second)]

    back = f"Dikembalikan untuk diperbaiki : Bukti menunjukkan 88. {handed_in.kasi.full_name}, Kepala Seksi"
    assert [page.count("Dikembalikan untuk diperbaiki") for page in pages] == [0, 1]
    assert back.replace(" :", ":") in pages[1].replace(" :", ":")


def test_lines_without_evidence_are_counted_and_remarks_lead_to_their_thread(office, handed_in, client_for):
    line = handed_in.sheet.lines.get(figure__no=2)
    for text in ("Mana rekapnya?", "Rekapnya di laci kiri."):
        write_remark(line=line, by=office.actor(handed_in.a), text=text)
    bare = client_for(handed_in.kasi).get(f"/validasi/{handed_in.sheet.pk}/").text
    Evidence.objects.create(
        instansi=office.instansi, line=line, name="contoh.example", link="https://contoh.example/rekap",
        uploaded_at=line.edited_at, uploaded_by=handed_in.a,
    )  # fmt: skip

    page = client_for(handed_in.kasi).get(f"/validasi/{handed_in.sheet.pk}/").text

    assert "2 baris wajar, 2 tanpa bukti" in _words(bare) and "2 baris wajar, 1 tanpa bukti" in _words(page)
    assert page.count("Bukti dukung belum dilampirkan.") == 1
    thread = re.search(rf'href="/isian/{handed_in.sheet.pk}/baris/{line.pk}/#catatan">(.*?)</a>', page, re.DOTALL)
    assert _words(thread[1]) == "2 catatan" and page.count("#catatan") == 1


def test_what_is_unusual_is_decided_singly_and_the_reasonable_in_one_act(office, people, client_for):
    fill_in(office, people.run, people.a, "6", "90")
    kasi, line = client_for(people.kasi), people.sheet.lines.get(figure__no=1)
    name = line.figure.indicator.name

    page = kasi.get(f"/validasi/{people.sheet.pk}/").text
    asked = _post(kasi, people.sheet, late_reason="x")
    noted = _post(kasi, people.sheet, "return", **{f"verdict-{line.pk}": "noted", f"note-{line.pk}": "Cek."})

    assert f'id="fine-{line.pk}" name="verdict-{line.pk}" value="fine">' in page
    assert page.count('value="fine" checked') == 1
    assert asked.status_code == 422 and "Putuskan dulu baris yang perlu dilihat" in asked.text
    assert f'<a href="#fine-{line.pk}">{name}</a>' in asked.text and asked.text.count('<a href="#fine-') == 1
    assert noted.status_code == 302
    fill_in(office, people.run, people.a, "7")
    again = kasi.get(f"/validasi/{people.sheet.pk}/").text
    done = _post(kasi, people.sheet, **{f"verdict-{line.pk}": "fine"})
    people.sheet.refresh_from_db()
    assert f'id="fine-{line.pk}" name="verdict-{line.pk}" value="fine">' in again
    assert (done.status_code, people.sheet.state) == (302, SheetState.VALIDATED)


@pytest.mark.parametrize("sent", ["banana", "", "noted2"])
def test_what_is_no_verdict_validates_nothing(client_for, handed_in, sent):
    line = handed_in.sheet.lines.first()

    answer = _post(client_for(handed_in.kasi), handed_in.sheet, "complete", **{f"verdict-{line.pk}": sent})

    handed_in.sheet.refresh_from_db()
    assert (answer.status_code, handed_in.sheet.state) == (422, "submitted")
    assert "Pilih Sesuai atau Beri catatan" in answer.text


def test_a_note_that_is_too_long_says_so_and_is_kept(client_for, handed_in):
    line, long = handed_in.sheet.lines.first(), "catatan " * 200
    marks = {f"verdict-{line.pk}": "noted", f"note-{line.pk}": long}

    answer = _post(client_for(handed_in.kasi), handed_in.sheet, "return", **marks)

    handed_in.sheet.refresh_from_db()
    assert (answer.status_code, handed_in.sheet.state) == (422, "submitted")
    assert "terlalu panjang. Ringkas sampai paling banyak 1000 huruf" in answer.text
    assert long.strip() in answer.text
