from datetime import date

import pytest

from runut.organisation import actions

PAGES = [
    "/saya/",
    "/saya/sandi/",
]
MANAGERS = [
    "/atur/pegawai/",
    "/atur/pegawai/?q=rina",
    "/atur/pegawai/baru/",
    "/atur/pegawai/{kasi}/",
    "/atur/pegawai/{kasi}/ubah/",
    "/atur/pegawai/{kasi}/jabatan/",
    "/atur/pegawai/{kasi}/atasan/",
    "/atur/penugasan/{held}/tutup/",
    "/atur/unit/",
    "/atur/unit/baru/{office}/",
    "/atur/unit/{unit}/",
    "/atur/unit/{unit}/tutup/",
    "/atur/jabatan/",
    "/atur/jabatan/baru/{office}/",
    "/atur/jabatan/{jabatan}/",
    "/atur/kalender/",
    "/atur/kantor/",
    "/atur/log/",
]


def address(template, office):
    kasi = office.kasi[0]
    return template.format(
        kasi=kasi.pk,
        held=kasi.assignments.get().pk,
        office=office.office.pk,
        unit=office.units[0].pk,
        jabatan=office.jabatan["kasi1"].pk,
    )


@pytest.mark.parametrize("template", PAGES)
def test_everybody_has_an_account_page(office, client_for, template):
    assert client_for(office.asn[0]).get(template).status_code == 200


@pytest.mark.parametrize("template", MANAGERS)
def test_admin_and_head_open_the_settings_and_nobody_else(office, client_for, template):
    path = address(template, office)

    assert client_for(office.admin).get(path).status_code == 200
    assert client_for(office.camat).get(path).status_code == 200
    assert client_for(office.staf).get(path).status_code == 403


def test_a_superior_without_an_end_is_told_as_since(office, client_for):
    admin, start = office.actor(office.admin), date(2026, 1, 2)
    actions.set_superior(
        pegawai=office.staf, superior=office.camat, start=start, end=None, reason="SK 1", by=admin
    )  # fmt: skip

    page = client_for(office.admin).get(f"/atur/pegawai/{office.staf.pk}/").text

    assert f"{office.camat.full_name}, sejak 2 Jan 2026 · SK 1" in page


@pytest.mark.parametrize(
    ("path", "words"), [("/atur/jabatan/", "di bawah Camat"), ("/atur/unit/", "di bawah Sekretariat")]
)
def test_a_tree_says_under_what_each_row_hangs(office, client_for, path, words):
    page = client_for(office.admin).get(path).text

    assert words in page and 'class="branch branch-1"' in page


def test_whoever_sends_after_the_session_ended_is_told_that_it_was_not_sent(office, client):
    at = "http://testserver"
    answer = client.post("/saya/", {"language": "en"}, headers={"referer": f"{at}/saya/?dari=menu"})
    elsewhere = client.post("/saya/", {"language": "en"}, headers={"referer": "https://contoh.example/"})

    page, plain = (client.get(url).content.decode() for url in (answer.url, "/masuk/?next=/saya/"))

    assert answer.url == "/masuk/?belum=1&next=/saya/%3Fdari%3Dmenu"
    assert elsewhere.url == "/masuk/?belum=1&next=/saya/"
    assert "Tindakan tadi belum terkirim" in page and 'value="/saya/?dari=menu"' in page
    assert "belum terkirim" not in plain and client.get("/saya/").url == "/masuk/?next=/saya/"
