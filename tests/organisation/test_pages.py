import pytest

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
