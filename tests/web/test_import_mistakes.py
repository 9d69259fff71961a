"""Typical mistakes in the tables that set up an office: each is said in words, none is written, no good row is lost."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.lib.csvtext import csv_text
from runut.lib.nip import FEMALE, synthetic_nip
from runut.organisation.models import Jabatan, Pegawai, Unit
from runut.planning.models import Budget, Indicator, Kegiatan, Plan, Sasaran, Target
from runut.web.incoming import SET_UP
from tests.planning.test_dictionary import START, define
from tests.web.test_imports import bring_in, fates, send

GOOD, OTHER, THIRD = (synthetic_nip(START.replace(year=1991), (2016, 4), FEMALE, no) for no in (960, 961, 962))
LONG = "panjang " * 125

MISTAKES = {
    "unit": (
        ("BARU", "Seksi Baru", "", "ya"),
        [
            (("", "Tanpa kode", "", ""), "Kolom Kode kosong."),
            (("KOSONG", "", "", ""), "Kolom Nama unit kosong."),
            (("ANAK", "Subseksi", "tiada", ""), "Unit dengan kode tiada tidak ada. Impor unitnya dahulu."),
            (("RAGU", "Seksi Ragu", "", "mungkin"), "“mungkin” tidak dikenal. Tulis ya atau tidak, atau kosongkan."),
            (("baru", "Seksi Kembar", "", ""), "Kode baru sudah ada di baris 2 berkas ini."),
        ],
    ),
    "jabatan": (
        ("peng-1", "Pengelola Baru", "", "pelaksana", "", "", "", "", "ya"),
        [
            (("", "Tanpa kode", "", "pelaksana", *[""] * 5), "Kolom Kode kosong."),
            (("peng-2", "Pengelola", "", "raja", *[""] * 5), "Jenis jabatan “raja” tidak dikenal. Pilih:"),
            (("peng-3", "Pengelola", "", "", *[""] * 5), "Kolom Jenis kosong."),
            (("peng-4", "Pengelola", "", "pelaksana", "", "tiada", "", "", ""), "Jabatan dengan kode tiada tidak ada."),
            (("PENG-1", "Pengelola", "", "pelaksana", *[""] * 5), "sudah ada di baris 2 berkas ini."),
        ],
    ),
    "pegawai": (
        (GOOD, "Orang Baru", "", "S.E.", "Penata", *[""] * 5),
        [
            ((OTHER[:-1], "Kurang Satu", *[""] * 8), "NIP harus 18 angka; yang ditulis 17."),
            (("199113" + OTHER[6:], "Bulan Tiga Belas", *[""] * 8), "NIP ini keliru pada delapan angka pertama"),
            ((Decimal("1.99104170201604E+17"), "Menjadi Angka", *[""] * 8), "Jadikan format kolomnya Teks"),
            ((OTHER, "Tanggal Aneh", *[""] * 5, "", "31-02-2026", ""), "tidak ada di kalender"),
            ((THIRD, "Surel Aneh", "", "", "", "bukan surel", *[""] * 4), "Surel “bukan surel” bukan alamat surel."),
        ],
    ),
    "sasaran": (
        ("2026", "Pelayanan prima", "Kepuasan meningkat"),
        [
            (("dua ribu", "", "Sasaran"), "Tahun “dua ribu” tidak dikenal: tulis empat angka."),
            (("26", "", "Sasaran"), "Tahun “26” tidak dikenal: tulis empat angka."),
            (("", "", "Sasaran"), "Kolom Tahun kosong."),
            (("2026", "Pelayanan prima", ""), "Kolom Sasaran kosong."),
            (("2026", "Pelayanan  prima", "Kepuasan meningkat"), "sudah ada di baris 2 berkas ini."),
        ],
    ),
    "kegiatan": (
        ("7.01.02", "Program Pelayanan", "", "", "", "2026", "42.500.000", "DPA 2026"),
        [
            (("7.1", "Program", *[""] * 6), "tidak mengikuti pola nasional"),
            (("7.01.03.2.01", "Kegiatan", *[""] * 6), "Tambahkan dulu 7.01.03"),
            (("7.01.04", "Program", "", "", "", "2026", "1,234.56", ""), "Pagu: “1,234.56” dapat dibaca dengan dua"),
            (("7.01.05", "Program", "", "", "Tanpa induk", "", "", ""), "Sasaran “Tanpa induk” tidak ada."),
            (("7.01.06", "Program", "", "", "", "2026", "-5.000", ""), "Pagu “-5.000” bukan jumlah rupiah."),
        ],
    ),
    "indikator": (
        ("IKU-9", "Indeks Kepuasan", "indeks", "naik", "Nilai akhir", "", "{unit}"),
        [
            (("IKU-10", "Nama", "", "naik", "", "", "{unit}"), "Kolom Satuan kosong."),
            (("IKU-11", "Nama", "indeks", "miring", "", "", "{unit}"), "Arah “miring” tidak dikenal"),
            (("IKU-12", "Nama", "indeks", "", "dijumlah", "", "{unit}"), "Penggabungan “dijumlah” tidak dikenal"),
            (("IKU-13", "Nama", "indeks", "", "", "", ""), "Isi satu: kode unit atau NIP"),
            (("IKU-9", "Nama", "indeks", "", "", "", "{unit}"), "sudah ada di baris 2 berkas ini."),
        ],
    ),
    "target": (
        ("IKU-1", "2026", "85,5", "-", "≤ 5", "", "85", "PK 2026"),
        [
            (("IKU-X", "2026", "1", *[""] * 5), "Indikator dengan kode IKU-X tidak ada."),
            (("IKU-1", "2O26", "1", *[""] * 5), "Tahun “2O26” tidak dikenal"),
            (("IKU-1", "2027", "1,234.56", *[""] * 5), "dapat dibaca dengan dua cara"),
            (("IKU-1", "2028", "", "delapan", *[""] * 4), "Target TW I: Isi dengan angka"),
            (("iku-1", "2026", "90", *[""] * 5), "sudah ada di baris 2 berkas ini."),
        ],
    ),
}  # fmt: skip
# Columns of texts that may be as long as they are.
WITHOUT_END = {"indikator": ["Definisi operasional", "Cara menghitung", "Alasan pemilihan", "Keterangan"]}
KEPT = {
    "unit": Unit, "jabatan": Jabatan, "pegawai": Pegawai, "sasaran": Sasaran, "kegiatan": Kegiatan,
    "indikator": Indicator, "target": Target,
}  # fmt: skip


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


@pytest.mark.parametrize("kind", MISTAKES)
def test_five_mistakes_are_each_said_and_the_good_row_is_brought_in(office, admin, kind):
    define(office)
    good, mistakes = MISTAKES[kind]
    rows = [[str(cell).replace("{unit}", office.units[2].code) if isinstance(cell, str) else cell for cell in row]
            for row in (good, *(row for row, _sentence in mistakes))]  # fmt: skip
    before = KEPT[kind].objects.count()

    page = send(admin, office, kind, *rows)

    told = {row.no: row.words for row in page.context["staged"].rows.filter(state="rejected")}
    said = [told.get(no, "") for no in range(3, 8)]
    assert [sentence in words for (_row, sentence), words in zip(mistakes, said, strict=True)] == [True] * 5, said
    assert KEPT[kind].objects.count() == before and "Belum ada yang tersimpan." in page.text
    bring_in(admin, page)
    assert KEPT[kind].objects.count() > before


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_text_without_end_is_refused_in_whatever_column_it_stands(office, admin, kind):
    define(office)
    good, _mistakes = MISTAKES[kind]
    columns = SET_UP[kind].columns
    taken = []
    for place, column in enumerate(columns):
        row = [str(cell).replace("{unit}", office.units[2].code) for cell in good] + [""] * (len(columns) - len(good))
        row[place] = LONG
        text = csv_text([[one.heading for one in columns], row])
        file = SimpleUploadedFile("tabel.csv", text.encode())
        page = admin.post(f"/atur/impor/{office.office.pk}/{kind}/", {"file": file}, follow=True)
        taken += [column.heading for one in page.context["staged"].rows.all() if one.state != "rejected"]

    assert taken == WITHOUT_END.get(kind, [])


def test_money_is_read_with_its_rupiah_and_written_once(office, admin):
    row = ("7.01.02", "Program", "", "", "", "2026", "Rp 42.500.000", "DPA 2026")

    bring_in(admin, send(admin, office, "kegiatan", row))

    assert Budget.objects.get().amount == 42_500_000


def test_a_table_without_a_column_changes_nothing_that_the_column_would_say(office, admin):
    unit = next(one for one in office.units if one.parent_id)
    post = office.jabatan["sekretaris"]
    Unit.objects.filter(pk=unit.pk).update(supplies_data=True)
    sasaran = Sasaran.objects.create(
        instansi=office.instansi, no=1, text="Pelayanan prima",
        plan=Plan.objects.create(
            instansi=office.instansi, office=office.office, kind="pk", title="PK", year=2026, start=START
        ),
    )  # fmt: skip
    Kegiatan.objects.create(
        instansi=office.instansi, office=office.office, code="7.01.02", name="Program", level="program", unit=unit,
        sasaran=sasaran, nomenclature="900-2023",
    )  # fmt: skip

    for kind, heading, row in (
        ("unit", ("Kode", "Nama unit"), (unit.code, unit.name)),
        ("jabatan", ("Kode", "Nama jabatan", "Jenis"), (post.code, post.name, post.kind)),
        ("kegiatan", ("Kode", "Nama"), ("7.01.02", "Program")),
    ):
        assert fates(send(admin, office, kind, row, heading=heading)) == [("", "same")], kind


def test_a_number_that_no_chat_opens_is_refused_like_on_the_page_of_the_person(office, admin):
    rows = [(OTHER, "Nomor Aneh", *[""] * 4, "abc", *[""] * 3), (GOOD, "Orang Baru", *[""] * 4, "0812 3456 7890")]

    page = send(admin, office, "pegawai", *rows)

    [bad] = page.context["staged"].rows.filter(state="rejected")
    assert bad.words == "WhatsApp: Tulis nomor ponsel Indonesia, misalnya 0812 3456 7890."
    bring_in(admin, page)
    assert [one.whatsapp for one in Pegawai.objects.filter(nip__in=(GOOD, OTHER))] == ["6281234567890"]


def test_an_edition_of_the_codes_that_is_none_is_refused_like_on_the_page(office, admin):
    page = send(admin, office, "kegiatan", ("7.01.02", "Program", "9999", *[""] * 5))

    [bad] = page.context["staged"].rows.all()
    assert bad.state == "rejected" and bad.words.startswith("Nomenklatur “9999” tidak dikenal. Pilih: 900-2023, ")
