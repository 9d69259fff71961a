"""Sign-in, one's own account and the office's settings in a real browser, wide and narrow."""

import pytest

from runut.organisation import actions
from tests.cast import PASSWORD, build_office
from tests.harness.accessibility import equip, troubles
from tests.planning.test_dictionary import define

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

OPEN = ["/", "/masuk/", "/lupa-sandi/", "/aktivasi/", "/bantuan/", "/tidak-ada/"]


@pytest.fixture
def office(live_url):
    office = build_office()
    admin = office.actor(office.admin)
    actions.update_pegawai(pegawai=office.staf, changes={"rank": "Penata Muda"}, by=admin)
    actions.fill_holidays(instansi=office.instansi, year=2026, by=admin)
    return office


def settings_of(office):
    held, ikm = office.kasubag.assignments.get().pk, define(office).pk
    return [
        "/saya/",
        "/saya/sandi/",
        "/atur/pegawai/",
        "/atur/pegawai/?q=zzz",
        "/atur/pegawai/baru/",
        f"/atur/pegawai/{office.staf.pk}/",
        f"/atur/pegawai/{office.staf.pk}/ubah/",
        f"/atur/pegawai/{office.staf.pk}/jabatan/",
        f"/atur/pegawai/{office.staf.pk}/atasan/",
        f"/atur/penugasan/{held}/tutup/",
        "/atur/unit/",
        f"/atur/unit/{office.units[1].pk}/",
        f"/atur/unit/{office.units[1].pk}/tutup/",
        f"/atur/unit/baru/{office.office.pk}/",
        "/atur/jabatan/",
        f"/atur/jabatan/{office.jabatan['kasi1'].pk}/",
        f"/atur/jabatan/baru/{office.office.pk}/",
        f"/atur/jabatan/{office.jabatan['kasi1'].pk}/tutup/",
        "/atur/indikator/",
        f"/atur/indikator/baru/{office.office.pk}/",
        f"/atur/indikator/{ikm}/",
        f"/atur/indikator/{ikm}/ubah/",
        f"/atur/indikator/{ikm}/target/2026/",
        "/atur/kalender/",
        "/atur/kantor/",
        "/atur/log/",
        f"/jejak/organisation.pegawai/{office.staf.pk}/",
    ]


def sign_in(page, pegawai, password=PASSWORD):
    page.goto("/masuk/")
    page.get_by_label("NIP atau surel").fill(f"{pegawai.nip[:8]} {pegawai.nip[8:]}")
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("main").get_by_role("button", name="Masuk", exact=True).click()


def look(page, paths):
    """What is wrong with these pages, narrow and wide: (address, width) -> troubles."""
    found = {}
    for path in paths:
        page.goto(path)
        for width in (360, 1366):
            page.set_viewport_size({"width": width, "height": 768})
            found[path, width] = troubles(page)
    return {seen: what for seen, what in found.items() if what}


def test_pages_are_accessible_and_fit(office, new_page):
    visitor, admin = new_page(), new_page()
    equip(visitor)
    equip(admin)
    sign_in(admin, office.admin)

    assert look(visitor, OPEN) == {}
    assert look(admin, settings_of(office)) == {}


def test_an_indicator_is_defined_and_given_its_targets(office, page):
    sign_in(page, office.admin)
    page.goto("/atur/indikator/")
    page.get_by_role("link", name="Tambah indikator").click()
    page.get_by_label("Kode", exact=True).fill("IKU-1")
    page.get_by_label("Nama indikator").fill("Waktu pelayanan KTP-el")
    page.get_by_label("Satuan", exact=True).fill("menit")
    page.get_by_label("Makin rendah makin baik").check()
    page.get_by_label("Dilaporkan oleh unit").select_option(str(office.units[2].pk))
    page.get_by_role("main").get_by_role("button", name="Tambah indikator").click()

    page.get_by_text("Indikator IKU-1 tersimpan. Isi targetnya.").wait_for()
    page.get_by_label("Target setahun").fill("≤5")
    page.locator("#id_q1").fill("1,234.5")
    page.get_by_role("button", name="Simpan target").click()
    assert "dua cara" in page.get_by_role("alert").inner_text()
    page.locator("#id_q1").fill("5,5")
    page.get_by_role("button", name="Simpan target").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Waktu pelayanan KTP-el"
    assert "≤ 5" in page.get_by_role("main").inner_text() and "5,5 menit" in page.get_by_role("main").inner_text()


def test_mistakes_are_summed_up_and_keep_what_was_typed(office, page):
    sign_in(page, office.admin)
    page.goto("/atur/pegawai/baru/")
    page.get_by_label("NIP").fill("1990")
    page.get_by_role("button", name="Tambah pegawai").click()

    assert page.get_by_role("alert").inner_text().startswith("Ada 2 hal")
    assert page.get_by_label("NIP").input_value() == "1990"
    assert page.title().startswith("Masalah:")
    assert troubles(page) == []


def test_a_code_from_the_slip_opens_an_account_without_javascript(office, new_page):
    admin = new_page(java_script_enabled=False)
    sign_in(admin, office.admin)
    admin.goto(f"/atur/pegawai/{office.staf.pk}/")
    admin.get_by_role("button", name="Buat kode baru").click()
    code = admin.locator("table strong").inner_text()
    person = new_page(java_script_enabled=False)
    person.goto("/aktivasi/")
    person.get_by_label("NIP atau surel").fill(office.staf.nip)
    person.get_by_label("Kode pada kertas").fill(code.lower())
    person.get_by_label("Kata sandi baru", exact=True).fill("hujan-di-lereng-bukit")
    person.get_by_label("Tulis kata sandi baru sekali lagi").fill("hujan-di-lereng-bukit")
    person.get_by_role("button", name="Aktifkan akun").click()

    person.goto("/saya/")
    assert office.staf.full_name in person.get_by_role("main").inner_text()
