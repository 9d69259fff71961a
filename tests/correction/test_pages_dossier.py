"""A case's page says what it waits for, and a task that waits for a case says so."""

import pytest

from runut.correction import actions
from tests.correction import builders
from tests.sop.play import holder, open_task


@pytest.fixture
def camat(office, client_for):
    return client_for(office.camat)


def test_an_open_case_leads_to_its_task(office, ngoro, case, camat, client_for):
    task = open_task(case.run, "perintah")
    mine, colleague = (reader.get(case.get_absolute_url()).text for reader in (camat, client_for(office.staf)))

    assert all(f'<a href="/tugas/{task.pk}/">{task.text}</a> · ' in page for page in (mine, colleague))
    assert ("Kerjakan tugas Anda" in mine, "Kerjakan tugas Anda" in colleague) == (True, False)


def test_a_case_has_no_part_for_a_step_that_its_procedure_lacks(office, kintom, client_for):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    page = client_for(office.camat).get(case.get_absolute_url()).text

    assert all(f'id="{part}"' in page for part in ("perintah", "beda", "paraf", "ttd"))
    assert not any(f'id="{part}"' in page or f'href="#{part}"' in page for part in ("rapat", "arsip"))


def test_whose_data_are_repaired_is_not_said_to_colleagues(office, kintom, client_for):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    while not case.run.tasks.filter(state="open", branch__isnull=False).exists():
        step = case.run.tasks.get(state="open").step
        builders.do(office, case.run, step, holder(office, open_task(case.run, step)).pegawai)
    pages = [client_for(who).get(case.get_absolute_url()).text for who in (kintom.b, kintom.a)]

    assert all("1 pelaksana" in page for page in pages)
    assert ["Kerjakan tugas Anda" in page for page in pages] == [False, True]
    assert kintom.a.full_name not in pages[0]


def test_a_held_task_says_what_it_waits_for(office, kintom, client_for):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    page = client_for(office.camat).get(f"/tugas/{open_task(kintom.run, 'tandatangan').pk}/").text

    assert "Menunggu perbaikan data PD-2026-001." in page and "Dijeda" in page
    assert f'href="{case.run.get_absolute_url()}"' in page
    assert "pengingat" not in page


def test_whoever_passes_the_order_on_reads_it_with_the_wrong_figures(office, kintom, client_for):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    builders.do(office, case.run, "teliti", office.camat)
    builders.give_order(office, case.run)
    task = open_task(case.run, "koordinasi")

    page = client_for(office.sekretaris).get(f"/tugas/{task.pk}/", follow=True).text

    assert "Perbaiki data kinerja yang keliru." in page
    assert "keliru: bukti tidak cocok" in page and kintom.a.full_name in page and "84,75" in page


def test_the_old_figure_is_struck_out_only_where_another_is_proposed(office, ngoro, case, camat):
    before = camat.get(case.get_absolute_url()).text
    builders.give_order(office, case.run)
    builders.plan(office, case)
    builders.repair(office, case.run, ngoro.pptk_a, ngoro.pptk_a, "92,1")
    after = camat.get(case.get_absolute_url()).text

    assert ("<del" in before, after.count("<del")) == (False, 2)


def test_a_restored_figure_is_said_to_be_the_signed_one(office, ngoro, at_meeting, camat):
    actions.withdraw_case(case=at_meeting.case, by=office.actor(office.camat), reason="Laporan keliru")

    page = camat.get(ngoro.a1.get_absolute_url()).text

    assert 'Angka <a href="#v1">v1</a> yang dikembalikan, ditandatangani 3 Feb 2026' in page
    assert 'id="v1"' in page


def test_a_case_that_was_given_up_is_called_so_in_the_list_in_the_dossier_and_on_the_board(office, at_meeting, camat):
    actions.withdraw_case(case=at_meeting.case, by=office.actor(office.camat), reason="Laporan keliru")
    title = office.camat.assignments.get().title
    told = f"Oleh {title}, {office.camat.full_name}, Selasa, 3 Februari 2026 pukul 09.00 WIB. Alasan: Laporan keliru"

    listed, dossier, board = (
        camat.get(address).text
        for address in (
            "/perbaikan/?lihat=semua",
            at_meeting.case.get_absolute_url(),
            f"/sop/jalan/{at_meeting.run.pk}/",
        )
    )

    for page in (listed, dossier):
        assert 'data-state="cancelled"' in page and "Dibatalkan</span>" in page and told in page
    assert told in board
    assert "2, tetap angka semula" in listed and "diputus" not in listed
    assert 'data-state="closed"' not in listed and "Ditutup</span>" not in dossier


def test_who_repairs_finds_a_button_that_says_so(office, ngoro, case, client_for):
    builders.give_order(office, case.run)
    builders.plan(office, case)

    page = client_for(ngoro.pptk_a).get("/tugas/").text

    assert 'aria-label="Perbaiki angka: ' in page and 'aria-label="Isi data kinerja: ' not in page


def test_a_signature_that_was_not_given_names_whom_it_was_asked_of_and_a_void_paraf_stands_once(
    office, at_meeting, client_for, camat
):
    run, (a, b) = at_meeting.run, (office.kasi[0], office.kasi[1])
    builders.meet(office, run, {at_meeting.a: "new", at_meeting.b: "new"})
    for step, who in (
        ("paraf_kasubag", office.kasubag),
        ("paraf_sekretaris", office.sekretaris),
        ("agenda", office.staf),
    ):
        builders.do(office, run, step, who)
    builders.do(office, run, "tandatangan", b, member=f"p{b.pk}", outcome="return", reason="angka saya tidak dipakai")

    page = camat.get(at_meeting.case.get_absolute_url()).text

    initialled, signed = (page[page.index(f'id="{part}"') :] for part in ("paraf", "ttd"))
    assert f"{a.full_name}: ditutup sebelum dikerjakan, Selasa, 3 Februari 2026" in signed
    assert "–, " not in signed
    assert initialled[: initialled.index("</section>")].count(office.kasubag.full_name) == 1
