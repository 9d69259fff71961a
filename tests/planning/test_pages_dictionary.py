"""The dictionary of indicators, as pages."""

import re
from datetime import date
from decimal import Decimal

import pytest

from runut.collection.rules import achievement
from runut.planning.models import Indicator, Target
from tests.collection.counted import Version
from tests.planning.test_dictionary import aim, define, revise

DEFINITION = {
    "code": "IKU-9", "name": "Persentase desa mandiri", "unit_of_measure": "%", "level": "sasaran", "kind": "iku",
    "polarity": "positive", "method": "", "value_type": "number", "aggregation": "last", "decimals": "2", "cap": "120",
    "multiplier": "100", "frequency": "triwulanan", "start": "2026-01-01", "publishable": "on",
}  # fmt: skip


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


def text(response):
    return response.content.decode()


def test_the_admin_adds_an_indicator_and_goes_on_to_its_targets(office, admin):
    sent = admin.post(f"/atur/indikator/baru/{office.office.pk}/", DEFINITION | {"unit": office.units[2].pk})

    made = Indicator.objects.get(code="IKU-9")
    assert (sent.status_code, made.unit, made.versions.get().cap) == (302, office.units[2], Decimal(120))
    page = text(admin.get(sent["Location"]))
    assert "Persentase desa mandiri (%)" in page and "Target setahun" in page


def test_what_a_value_is_worked_out_from_is_defined_with_its_units(office, admin):
    parts = {
        "numerator": "Desa mandiri", "numerator_unit": "desa", "denominator": "Semua desa", "denominator_unit": "desa"
    }  # fmt: skip

    admin.post(f"/atur/indikator/baru/{office.office.pk}/", DEFINITION | {"unit": office.units[2].pk} | parts)

    version = Indicator.objects.get(code="IKU-9").versions.get()
    assert version.is_quotient and (version.numerator_unit, version.denominator_unit) == ("desa", "desa")
    assert "Desa mandiri (desa) ÷ Semua desa (desa) × 100" in text(
        admin.get(f"/atur/indikator/{version.indicator_id}/")
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"unit": ""}, "Pilih satu: unit atau pegawai"),
        ({"name": ""}, "Bagian ini belum diisi"),
        ({"cap": "n/a"}, "bukan angka"),
        ({"cap": "500.000"}, "Isi angka dari 100 sampai 1.000"),
        ({"numerator": "Desa mandiri"}, "diisi berpasangan"),
        ({"value_type": "ordinal", "scale": "WTP"}, "sedikitnya dua predikat"),
        ({"code": "IKU-1"}, "sudah dipakai indikator lain"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(office, admin, change, sentence):
    define(office)

    page = admin.post(f"/atur/indikator/baru/{office.office.pk}/", DEFINITION | {"unit": office.units[2].pk} | change)

    assert page.status_code == 422
    assert sentence in text(page)
    assert Indicator.objects.count() == 1
    assert "Persentase desa mandiri" in text(page) or "name" in change


def test_targets_are_typed_as_officers_write_them(office, admin):
    made = define(office)
    sent = {
        "q0": "85,5",
        "q1": "≤5 menit",
        "q2": "80-75",
        "q3": "-",
        "q4": "1.234",
        "read4": "1.234",
        "basis": "PK 2026",
    }

    admin.post(f"/atur/indikator/{made.pk}/target/2026/", sent | {"read4": "1.234"})

    rows = {row.quarter: row.text or row.amount for row in Target.objects.filter(indicator=made)}
    assert rows == {0: Decimal("85.5"), 1: "≤ 5 menit", 2: "75–80", 3: None, 4: Decimal(1234)}
    page = text(admin.get(f"/atur/indikator/{made.pk}/"))
    assert "75–80" in page and "tidak diukur" in page and "PK 2026" in page


def test_what_was_understood_is_read_back_where_it_was_written_otherwise(office, admin):
    made = define(office)

    page = text(admin.post(f"/atur/indikator/{made.pk}/target/2026/", {"q0": "75–70", "q1": "70-75"}, follow=True))

    assert "Target 2026 tersimpan. “75–70” dibaca: 70–75." in page
    assert "“70-75” dibaca" not in page


@pytest.mark.parametrize(
    ("typed", "words", "amount"),
    [("1.234", "seribu dua ratus tiga puluh empat", 1234), ("1,234", "satu koma dua tiga empat", Decimal("1.234"))],
)
def test_a_number_that_may_have_been_meant_as_another_is_read_back_before_it_is_saved(
    office, admin, typed, words, amount
):
    made = define(office)
    address = f"/atur/indikator/{made.pk}/target/2026/"

    asked = admin.post(address, {"q0": typed})

    assert (asked.status_code, Target.objects.count()) == (422, 0)
    assert f"“{typed}” dibaca: {words}." in text(asked) and "simpan sekali lagi" in text(asked)
    again = dict(re.findall(r'name="((?:read|was)0)" value="([^"]*)"', asked.text))
    assert again["read0"] == typed
    other = admin.post(address, {"q0": "2.345", **again})
    assert (other.status_code, Target.objects.count()) == (422, 0), "another number is not what was read back"
    page = text(admin.post(address, {"q0": typed, **again}, follow=True))
    assert Target.objects.get().amount == amount and f"“{typed}” dibaca: {words}." in page


@pytest.mark.parametrize("typed", ["5 juta", "Rp 1.200", "3 ribu"])
def test_a_percentage_is_no_sum_of_money(office, admin, typed):
    made = define(office)
    made.versions.update(unit_of_measure="%")

    page = admin.post(f"/atur/indikator/{made.pk}/target/2026/", {"q0": typed})

    assert (page.status_code, Target.objects.count()) == (422, 0)
    assert "Satuan indikator ini persen. Tulis angkanya saja" in text(page)
    assert "error" not in text(admin.post(f"/atur/indikator/{made.pk}/target/2026/", {"q0": "85 %"}, follow=True))
    made.versions.update(unit_of_measure="rupiah")
    page = text(admin.post(f"/atur/indikator/{made.pk}/target/2026/", {"q1": typed}, follow=True))
    assert f"“{typed}” dibaca:" in page


@pytest.mark.parametrize(
    ("polarity", "typed", "odd"),
    [("positive", "≤ 5", True), ("negative", "≤ 5", False), ("negative", ">= 5", True), ("positive", ">= 5", False)],
)
def test_a_bound_against_the_direction_is_saved_and_questioned(office, admin, polarity, typed, odd):
    made = define(office)
    made.versions.update(polarity=polarity)

    page = text(admin.post(f"/atur/indikator/{made.pk}/target/2026/", {"q0": typed}, follow=True))

    assert Target.objects.get().text.endswith("5")
    assert ("Periksa lagi target atau arahnya." in page) == odd


@pytest.mark.parametrize(("last", "odd"), [("40", False), ("100", True)])
def test_quarters_that_do_not_make_the_year_are_questioned(office, admin, last, odd):
    made = define(office)
    made.versions.update(aggregation="cumulative")
    sent = {"q0": "100", "q1": "-", "q2": "20", "q3": "40", "q4": last}

    page = text(admin.post(f"/atur/indikator/{made.pk}/target/2026/", sent, follow=True))

    assert Target.objects.count() == 5
    assert ("padahal target setahun 100" in page) == odd


def test_a_changed_target_asks_for_its_basis_on_the_page(office, admin):
    made = define(office)
    address = f"/atur/indikator/{made.pk}/target/2026/"
    admin.post(address, {"q1": "80"})

    page = admin.post(address, {"q1": "85", "was1": "80"})

    assert page.status_code == 422 and Target.objects.count() == 1
    assert page.context["form"].errors.keys() == {"basis"} and 'value="85"' in text(page)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("15/1000", "Tulis angkanya saja"),
        ("5 ribu juta", "Isi dengan angka"),
        ("8a5b", "Isi dengan angka"),
        ("1,234.56", "dua cara"),
        ("9" * 20, "terlalu panjang"),
    ],
)
def test_a_target_that_is_no_target_is_refused(office, admin, typed, sentence):
    made = define(office)

    page = admin.post(f"/atur/indikator/{made.pk}/target/2026/", {"q0": typed})

    assert (page.status_code, Target.objects.count()) == (422, 0)
    assert sentence in text(page) and typed in text(page)


@pytest.mark.parametrize(
    ("unit", "typed", "kept"),
    [
        ("kasus", "<49/100.000 penduduk", (None, "< 49 per 100.000 penduduk")),
        ("per 1.000 kelahiran", "15/1000", (15, "")),
    ],
)
def test_a_target_may_name_the_whole_of_which_it_is_a_part(office, admin, unit, typed, kept):
    made = define(office)
    made.versions.update(unit_of_measure=unit)

    admin.post(f"/atur/indikator/{made.pk}/target/2026/", {"q0": typed})

    target = Target.objects.get()
    assert (target.amount, target.text) == kept
    assert achievement(Decimal(15), "", "measured", *kept, Version()).percent == 100


def test_a_revision_shows_both_versions(office, admin):
    made = define(office)
    new = {"name": "IKM menurut Permenpan", "start": "2026-07-01", "reason": "Renstra Perubahan", "seen": 1}
    sent = DEFINITION | new

    saved = admin.post(f"/atur/indikator/{made.pk}/ubah/", sent, follow=True)

    page = text(admin.get(f"/atur/indikator/{made.pk}/"))
    assert "tersimpan, berlaku mulai Triwulan III 2026." in text(saved)
    assert "IKM menurut Permenpan" in page and "Indeks Kepuasan Masyarakat" in page and "Renstra Perubahan" in page
    again = admin.post(f"/atur/indikator/{made.pk}/ubah/", sent)
    assert again.status_code == 422 and "diubah orang lain" in text(again)


def test_others_read_the_dictionary_and_change_nothing(office, client_for):
    made = define(office)
    client = client_for(office.staf)

    assert "Indeks Kepuasan Masyarakat" in text(client.get("/atur/indikator/"))
    page = text(client.get(f"/atur/indikator/{made.pk}/"))
    assert "Ubah definisi" not in page and "Definisi operasionalnya belum ditulis" in page
    assert client.get(f"/atur/indikator/{made.pk}/ubah/").status_code == 403
    assert client.get(f"/atur/indikator/{made.pk}/target/2026/").status_code == 403
    assert client.get(f"/atur/indikator/baru/{office.office.pk}/").status_code == 403


def test_a_year_that_is_none_is_not_found(office, admin):
    assert admin.get(f"/atur/indikator/{define(office).pk}/target/999999999999/").status_code == 404


def test_the_dictionary_is_searched_and_costs_the_same_however_long_it_is(office, admin, django_assert_max_num_queries):
    for no in range(12):
        aim(office, define(office, code=f"IKU-{no}"), {0: "85"})
    admin.get("/atur/indikator/")

    with django_assert_max_num_queries(14):
        page = text(admin.get("/atur/indikator/?q=kepuasan"))

    assert page.count("Indeks Kepuasan Masyarakat") == 12
    assert "Tidak ada indikator dengan kata itu" in text(admin.get("/atur/indikator/?q=jalan"))


def test_a_later_version_counts_in_the_list(office, admin):
    made = define(office)
    made.versions.update(start=date(2025, 1, 1))
    new = {"name": "IKM baru", "start": "2026-01-02", "reason": "x", "seen": 1}
    admin.post(f"/atur/indikator/{made.pk}/ubah/", DEFINITION | new)

    assert "IKM baru" in text(admin.get("/atur/indikator/?q=IKM"))
    assert "IKM baru" not in text(admin.get("/atur/indikator/?q=Kepuasan"))


def test_a_blank_page_of_targets_writes_nothing(office, admin):
    made = define(office)

    admin.post(f"/atur/indikator/{made.pk}/target/2026/", {"q0": "", "q1": ""})

    assert not Target.objects.exists()


def test_a_later_version_counts_only_from_its_day(office, admin):
    made = define(office)
    admin.post(f"/atur/indikator/{made.pk}/ubah/", {**DEFINITION, "start": "2099-01-01", "reason": "x", "seen": 1})

    assert "Indeks Kepuasan Masyarakat" in text(admin.get("/atur/indikator/?q=Kepuasan"))
    assert text(admin.get(f"/atur/indikator/{made.pk}/")).count("<h1") == 1
    assert "Persentase desa mandiri" not in text(admin.get("/atur/indikator/"))


def test_the_name_of_a_personal_indicator_is_told_to_nobody_else(office, client_for):
    define(office, code="IKI-RAHASIA", unit=None, pegawai=office.asn[0])
    made = define(office)

    assert "IKI-RAHASIA" not in text(client_for(office.staf).get(f"/atur/indikator/{made.pk}/"))
    assert "IKI-RAHASIA" in text(client_for(office.admin).get(f"/atur/indikator/{made.pk}/"))


def test_the_dictionary_is_printed_whole_with_office_and_day(
    office, client_for, frozen_time, django_assert_max_num_queries
):
    made = define(office)
    said = {"definition": "Rata-rata nilai unsur.", "formula": "Jumlah nilai ÷ unsur", "source": "Survei Kemenpan"}
    made.versions.update(keeper=office.units[3], **said)
    aim(office, made, {0: "85"})
    gone = define(office, code="IKU-LAMA")
    gone.versions.update(name="Indikator yang berakhir", end=date(2026, 1, 31))
    define(office, code="IKI-RAHASIA", unit=None, pegawai=office.asn[0])
    staf = client_for(office.staf)
    staf.get("/atur/indikator/cetak/")

    with django_assert_max_num_queries(11):
        page = text(staf.get("/atur/indikator/cetak/"))

    paper = page.split("<article")[1].split("</article>")[0]
    for words in (
        office.office.name,
        "Berlaku dan dicetak pada",
        "1 indikator",
        "85",
        "IKU-1",
        "indeks",
        *said.values(),
    ):
        assert words in paper, words
    assert office.units[3].name in paper and f"Dilaporkan oleh {office.units[2].name}" in paper
    assert "<form" not in paper and "IKU-LAMA" not in paper and "IKI-RAHASIA" not in page
    for no in range(4):
        define(office, code=f"IKU-B{no}")
    with django_assert_max_num_queries(11):
        staf.get("/atur/indikator/cetak/")
    assert f"/atur/indikator/cetak/?kantor={office.office.pk}" in text(staf.get("/atur/indikator/"))


def test_an_older_version_is_read_whole(office, client_for):
    made = define(office)
    revise(office, made, definition="Semua layanan.\nTanpa titipan.", source="Survei", cap=120, name="Indeks Baru")
    revise(office, made, start=date(2026, 8, 1), seen=2, source="Sensus")

    page = client_for(office.staf).get(f"/atur/indikator/{made.pk}/").content.decode()

    whole = page.split("Seluruh definisi versi ")
    first = made.versions.get(no=1)
    assert [part[0] for part in whole[1:]] == ["2", "1"]
    assert "Semua layanan.<br>Tanpa titipan." in whole[1] and "<dd>Survei" in whole[1] and "120" in whole[1]
    assert f"<dd>{first.name}</dd>" in whole[2] and f"<dd>{first.unit_of_measure}</dd>" in whole[2]
    assert "<dd>Sensus" in whole[0] and "<dd>Sensus" not in whole[1] + whole[2]
