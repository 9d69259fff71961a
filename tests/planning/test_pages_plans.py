"""Plans, activities and the register, as pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runut.audit.models import Entry
from runut.planning import actions
from runut.planning.actions import Named
from runut.planning.models import Budget, Kegiatan, Plan, Registered, Sasaran, Stakeholder
from tests.planning.test_plans import PDF

PLAN = {"kind": "renstra", "title": "Renstra Contoh", "year": "2025", "last_year": "2029", "start": "2025-01-01"}


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


def text(response):
    return response.content.decode()


def test_a_plan_grows_on_its_pages_from_nothing_to_a_drawn_tree(office, admin):
    page = admin.post(f"/rencana/baru/{office.office.pk}/", PLAN, follow=True)
    plan = Plan.objects.get(title="Renstra Contoh")
    assert page.redirect_chain[-1][0] == f"/rencana/{plan.pk}/" and "Belum ada tujuan" in text(page)

    admin.post(f"/rencana/{plan.pk}/tujuan/", {"text": "Pelayanan prima"})
    goal = plan.tujuan_set.get()
    admin.post(f"/rencana/{plan.pk}/sasaran/", {"text": "Kepuasan meningkat", "goal": goal.pk})
    objective = plan.sasaran_set.get()
    admin.post(
        f"/rencana/{plan.pk}/sasaran/{objective.pk}/", {"text": "Meningkatnya kepuasan masyarakat", "reason": "x"}
    )

    page = text(admin.get(f"/rencana/{plan.pk}/"))
    assert "Tujuan 1: Pelayanan prima" in page and "Meningkatnya kepuasan masyarakat" in page
    tree = text(admin.get(f"/rencana/{plan.pk}/pohon/"))
    assert "<svg" in tree and tree.count("Meningkatnya kepuasan masyarakat") >= 2


def test_a_change_is_made_from_the_page_and_the_old_version_stays_to_be_read(office, admin):
    admin.post(f"/rencana/baru/{office.office.pk}/", PLAN)
    plan = Plan.objects.get(title="Renstra Contoh")
    admin.post(f"/rencana/{plan.pk}/tujuan/", {"text": "Tujuan lama"})

    sent = {"start": "2026-09-01", "legal_basis": "Perbup 9/2026", "reason": "RPJMD berubah"}
    page = admin.post(f"/rencana/{plan.pk}/ubah/", sent, follow=True)

    assert "Perubahan 1" in text(page) and "Tujuan lama" in text(page)
    old = text(admin.get(f"/rencana/{plan.pk}/"))
    assert "tidak berubah lagi" in old and "Tujuan lama" in old and "Tambah tujuan" not in old
    assert admin.post(f"/rencana/{plan.pk}/tujuan/", {"text": "x"}).status_code == 409


def test_other_words_have_a_reason_and_the_former_ones_stay_to_be_read(office, admin, client_for):
    admin.post(f"/rencana/baru/{office.office.pk}/", PLAN)
    plan = Plan.objects.get(title="Renstra Contoh")
    admin.post(f"/rencana/{plan.pk}/sasaran/", {"text": "Kepuasan meningkat"})
    address = f"/rencana/{plan.pk}/sasaran/{plan.sasaran_set.get().pk}/"

    refused = admin.post(address, {"text": "Meningkatnya kepuasan", "reason": " "})
    assert refused.status_code == 422
    assert plan.sasaran_set.get().text == "Kepuasan meningkat"
    admin.post(address, {"text": "Meningkatnya kepuasan", "reason": "Disamakan dengan RPJMD"})

    page = text(client_for(office.staf).get(f"/rencana/{plan.pk}/"))
    assert "Sasaran 1: <del>Kepuasan meningkat</del> → <ins>Meningkatnya kepuasan</ins>" in page
    assert "Disamakan dengan RPJMD" in page and office.admin.full_name in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "belum diisi"),
        ({"last_year": "2020"}, "tidak mendahului"),
        ({"start": "31-02-2026"}, "31-02-2026"),
    ],
)
def test_a_plan_that_is_not_whole_comes_back_with_what_was_typed(office, admin, changed, words):
    before = Plan.objects.count()
    page = admin.post(f"/rencana/baru/{office.office.pk}/", PLAN | changed)

    assert (page.status_code, Plan.objects.count()) == (422, before)
    assert words in text(page) and "Masalah:" in text(page)


@pytest.mark.requirement("R-INSP-5")
def test_an_activity_gets_its_code_money_and_pptk(office, admin):
    here = f"/rencana/kegiatan/baru/{office.office.pk}/"
    wrong = admin.post(here, {"code": "7.1.2", "nomenclature": "900-2023", "name": "Program"})
    assert wrong.status_code == 422 and "pola nasional" in text(wrong)
    admin.post(here, {"code": "7.01.05", "nomenclature": "900-2023", "name": "Program Urusan"})
    made = Kegiatan.objects.get(code="7.01.05")

    sent = {"q0": "125.000.000", "q3": "Rp 150.000.000", "basis": "DPA", "why_over": "Dibayar dari sisa kas"}
    admin.post(f"/rencana/kegiatan/{made.pk}/anggaran/2026/", sent)
    person = office.asn_of(office.kasi[0])[0]
    admin.post(f"/rencana/kegiatan/{made.pk}/pptk/", {"pegawai": person.pk, "start": "2026-01-02", "decree": "SK 1"})

    assert list(Budget.objects.order_by("quarter").values_list("quarter", "amount")) == [(0, 125000000), (3, 150000000)]
    assert Stakeholder.objects.get(kegiatan=made).pegawai == person
    page = text(admin.get("/rencana/kegiatan/?tahun=2026"))
    assert "125.000.000" in page and "chip-bad" in page and "120" in page and person.full_name in page
    assert "Periksa di DPA" not in page


def test_a_code_of_a_province_is_taken_in_a_kabupaten_and_questioned(office, admin):
    here, odd = f"/rencana/kegiatan/baru/{office.office.pk}/", "7.01.05.1.01 kode provinsi"
    admin.post(here, {"code": "7.01.05", "nomenclature": "900-2023", "name": "Program Urusan"})

    page = admin.post(here, {"code": "7.01.05.1.01", "nomenclature": "900-2023", "name": "Kegiatan"}, follow=True)

    assert Kegiatan.objects.filter(code="7.01.05.1.01").exists()
    assert [odd in str(message) for message in page.context["messages"]][-2:] == [False, True]
    assert odd in text(admin.get("/rencana/kegiatan/?tahun=2026"))


def test_money_that_could_be_meant_as_another_amount_is_read_back(office, admin):
    by = office.actor(office.admin)
    made = actions.define_activity(office=office.office, code="7.01.05", nomenclature="", named=Named("Program"), by=by)
    address = f"/rencana/kegiatan/{made.pk}/anggaran/2026/"

    saved = text(admin.post(address, {"q0": "1.5"}, follow=True))
    again = text(admin.post(address, {"q0": "1,5", "q1": "1"}, follow=True))

    assert "tersimpan. “1.5” dibaca: 1,5 (satu koma lima)." in saved
    assert "tersimpan." in again and "dibaca" not in again


def test_more_spent_than_given_is_asked_about_and_saved_with_its_reason(office, admin):
    by = office.actor(office.admin)
    made = actions.define_activity(office=office.office, code="7.01.05", nomenclature="", named=Named("Program"), by=by)
    address, sent = f"/rencana/kegiatan/{made.pk}/anggaran/2026/", {"q0": "10.000.000", "q1": "99.000.000"}
    assert "why_over" not in text(admin.get(address))

    asked = admin.post(address, sent)
    assert asked.status_code == 422
    assert "Realisasi Rp99.000.000 melebihi pagu Rp10.000.000" in text(asked)
    assert '<input type="text" name="why_over"' in text(asked)
    assert not Budget.objects.exists()

    assert admin.post(address, {**sent, "why_over": "DPPA menyusul"}).status_code == 302
    assert Budget.objects.count() == 2
    entry = Entry.objects.get(event="activity.budget_set")
    assert entry.payload["after"]["why_over"] == "DPPA menyusul"


def test_a_programs_own_money_that_differs_from_its_parts_is_shown_with_theirs(office, admin):
    by = office.actor(office.admin)
    for code, amount in (("7.01.05", 500), ("7.01.05.2.01", 300), ("7.01.05.2.02", 150)):
        made = actions.define_activity(office=office.office, code=code, nomenclature="", named=Named(code), by=by)
        actions.set_budget(kegiatan=made, year=2026, amounts={0: Decimal(amount)}, basis="DPA", by=by)

    page = text(admin.get("/rencana/kegiatan/?tahun=2026"))
    assert "jumlah di bawahnya 450, tidak sama" in page
    assert page.count("tidak sama") == 1


def test_the_list_of_activities_costs_the_same_however_long(office, client_for):
    client, counts = client_for(office.staf), []
    for number in range(1, 4):
        actions.define_activity(
            office=office.office,
            code=f"7.01.0{number}",
            nomenclature="",
            named=Named("Program"),
            by=office.actor(office.admin),
        )
        with CaptureQueriesContext(connection) as queried:
            client.get("/rencana/kegiatan/")
        counts.append(len(queried))
    assert counts[1:] == counts[:1] * 2


@pytest.mark.requirement("R-KEMLAGI-17")
def test_the_register_says_what_is_missing_and_takes_a_pdf(office, admin):
    assert 'data-kind="iku" data-complete="no"' in text(admin.get("/rencana/?tahun=2026"))
    upload = SimpleUploadedFile("sk-iku.pdf", PDF, "application/pdf")
    sent = {"kind": "iku", "title": "SK IKU 2026", "year": "2026", "number": "188/12", "file": upload}

    page = admin.post(f"/rencana/dokumen/{office.office.pk}/", sent, follow=True)

    assert 'data-kind="iku" data-complete="yes"' in text(page) and "SK IKU 2026 terdaftar" in text(page)
    row = Registered.objects.get()
    answer = admin.get(f"/rencana/berkas/{row.pk}/")
    assert b"".join(answer.streaming_content) == PDF and "attachment" in answer["Content-Disposition"]


@pytest.fixture
def registered(office, admin):
    """The same document twice, by mistake."""
    for _time in range(2):
        upload = SimpleUploadedFile("sk-iku.pdf", PDF, "application/pdf")
        sent = {"kind": "iku", "title": "SK IKU 2026", "year": "2026", "number": "188/12", "file": upload}
        admin.post(f"/rencana/dokumen/{office.office.pk}/", sent)
    return list(Registered.objects.order_by("pk"))


def test_a_document_that_was_registered_by_mistake_is_withdrawn_and_stays_to_be_read(
    office, admin, registered, client_for
):
    first, second = registered
    page = admin.get("/rencana/?tahun=2026")
    assert "Untuk membetulkan isinya, tarik, lalu daftarkan lagi." in text(page)
    assert f"/rencana/berkas/{second.pk}/tarik/" in text(page)

    page = text(admin.post(f"/rencana/berkas/{second.pk}/tarik/", {"reason": "Terdaftar dua kali"}, follow=True))

    assert "SK IKU 2026 ditarik dari daftar." in page and 'data-kind="iku" data-complete="yes"' in page
    assert f"{office.admin.full_name}, " in page and ": Terdaftar dua kali" in page
    assert page.count('data-withdrawn="yes"') == 1 and f"/rencana/berkas/{second.pk}/tarik/" not in page
    answer = client_for(office.staf).get(f"/rencana/berkas/{second.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    entry = Entry.objects.get(event="plan.registration_withdrawn")
    assert (entry.subject_id, entry.payload["reason"]) == (second.pk, "Terdaftar dua kali")

    page = text(admin.post(f"/rencana/berkas/{first.pk}/tarik/", {"reason": "Nomornya keliru"}, follow=True))
    assert 'data-kind="iku" data-complete="no"' in page


def test_a_document_is_withdrawn_once_with_a_reason_and_only_by_who_may_register(office, admin, registered, client_for):
    address = f"/rencana/berkas/{registered[0].pk}/tarik/"

    assert client_for(office.staf).post(address, {"reason": "x"}).status_code == 403
    assert "/tarik/" not in text(client_for(office.staf).get("/rencana/?tahun=2026"))
    assert admin.post(address, {"reason": "  "}).status_code == 422
    assert not Registered.objects.filter(withdrawn_at__isnull=False).exists()
    admin.post(address, {"reason": "Keliru"})
    again = admin.post(address, {"reason": "Sekali lagi"})
    assert again.status_code == 422 and "Dokumen ini sudah ditarik dari daftar." in text(again)
    assert Registered.objects.get(pk=registered[0].pk).withdraw_reason == "Keliru"


def test_others_read_plans_and_change_nothing(office, admin, client_for):
    admin.post(f"/rencana/baru/{office.office.pk}/", PLAN)
    plan, client = Plan.objects.get(title="Renstra Contoh"), client_for(office.staf)

    assert "Renstra Contoh" in text(client.get("/rencana/"))
    assert "Tambah tujuan" not in text(client.get(f"/rencana/{plan.pk}/"))
    for address in (f"/rencana/{plan.pk}/tujuan/", f"/rencana/baru/{office.office.pk}/", f"/rencana/{plan.pk}/ubah/"):
        assert client.post(address, {"text": "x"}).status_code == 403
    assert not plan.tujuan_set.exists()


def test_a_plan_of_another_office_is_not_to_be_seen(office, client_for):
    from tests.cast import build_office

    other = build_office("dinas")
    plan = Plan.objects.create(
        instansi=other.instansi, office=other.office, kind="pk", title="PK Lain", year=2026, start=date(2026, 1, 1)
    )
    Sasaran.objects.create(instansi=other.instansi, plan=plan, no=1, text="Rahasia")
    client = client_for(office.camat)

    for address in (f"/rencana/{plan.pk}/", f"/rencana/{plan.pk}/pohon/", f"/rencana/{plan.pk}/ubah/"):
        assert client.get(address).status_code == 404
    assert "PK Lain" not in text(client.get("/rencana/"))
