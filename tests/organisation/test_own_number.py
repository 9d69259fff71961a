"""One's own WhatsApp number: typed on the account page, kept as chat addresses write it."""

from datetime import date

import pytest

from runut.audit.models import Entry
from runut.lib.errors import Refused
from runut.lib.nip import MALE, synthetic_nip
from runut.organisation.rules import mobile_number

PAGE = "/saya/whatsapp/"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812 3456 7890", "6281234567890"),
        ("+62 812-3456-7890", "6281234567890"),
        ("62 (0) 812 3456 7890", "6281234567890"),
        ("0062.812.3456.7890", "6281234567890"),
        ("8123456789", "628123456789"),
        ("  ", ""),
    ],
)
def test_a_mobile_number_is_kept_as_chat_addresses_write_it(typed, kept):
    assert mobile_number(typed) == kept


@pytest.mark.parametrize("typed", ["0321 123456", "+1 202 555 0100", "0812", "0812 3456 7890 12345", "tidak ada"])
def test_what_is_no_indonesian_mobile_number_is_refused(typed):
    with pytest.raises(Refused, match="nomor ponsel Indonesia"):
        mobile_number(typed)


def test_a_person_types_the_own_number_and_reads_who_sees_it(office, client_for):
    client = client_for(office.staf)
    page = client.get("/saya/").text

    answer = client.post(PAGE, {"whatsapp": "0812 3456 7890"}, follow=True)

    office.staf.refresh_from_db()
    entry = Entry.objects.get(event="pegawai.updated")
    assert "Terlihat oleh admin dan pimpinan kantor Anda" in page
    assert "Nomor WhatsApp tersimpan." in answer.text and 'value="6281234567890"' in answer.text
    assert office.staf.whatsapp == "6281234567890"
    assert (entry.actor_id, entry.payload["after"]) == (office.staf.pk, {"whatsapp_changed": True})


def test_a_wrong_number_comes_back_at_its_field_and_an_empty_one_takes_it_away(office, client_for):
    client = client_for(office.staf)
    client.post(PAGE, {"whatsapp": "0812 3456 7890"})

    wrong = client.post(PAGE, {"whatsapp": "0321 123456"})
    client.post(PAGE, {"whatsapp": ""})

    office.staf.refresh_from_db()
    assert wrong.status_code == 422
    assert 'href="#id_whatsapp"' in wrong.text and 'value="0321 123456"' in wrong.text
    assert office.staf.whatsapp == ""


def test_the_admin_s_form_keeps_the_number_the_same_way(office, client_for):
    form = {"office": office.office.pk, "nip": office.staf.nip, "name": "Laras", "whatsapp": "0812 3456 7890"}

    client_for(office.admin).post(f"/atur/pegawai/{office.staf.pk}/ubah/", form)

    office.staf.refresh_from_db()
    assert office.staf.whatsapp == "6281234567890"


def test_colleagues_read_that_a_number_changed_and_never_which(office, client_for):
    trail = f"/jejak/organisation.pegawai/{office.staf.pk}/"
    form = {"office": office.office.pk, "nip": office.staf.nip, "name": "Laras", "whatsapp": "0812 7777 6666"}
    client_for(office.staf).post(PAGE, {"whatsapp": "0812 3456 7890"})
    client_for(office.admin).post(f"/atur/pegawai/{office.staf.pk}/ubah/", form)
    new = {
        "office": office.office.pk,
        "nip": synthetic_nip(date(1991, 1, 1), (2016, 4), MALE, 951),
        "name": "Baru",
        "whatsapp": "0812 5555 4444",
    }

    client_for(office.admin).post("/atur/pegawai/baru/", new)

    page = client_for(office.asn[0]).get(trail).text
    assert page.count("nomor WhatsApp diubah") == 2 and "Laras" in page
    told = str([entry.payload for entry in Entry.objects.filter(event__startswith="pegawai.")])
    assert "Baru" in told and "62812" not in told and "0812" not in told
