"""Workbooks that are not as they should be: each gets a clear sentence, nothing is written, no good row is lost."""

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.collection.models import Line, Sheet
from runut.lib.tables import read_table
from tests.collection import builders
from tests.harness.office_files import Formula, Raw, libre_ods, libre_xlsx, old_xls, zipped
from tests.harness.scenes import scene

pytestmark = pytest.mark.django_db
FIRST = 6
DOORS = ("form", "period")


class Book:
    """The rows of a workbook as they went out, by door; `another` is the key of somebody else's line."""

    def __init__(self, address, content, another):
        self.address, self.another = address, another
        self.rows = [list(row) for row in read_table(content).rows]

    def place(self, heading):
        return next(at for at, name in enumerate(self.rows[FIRST - 1]) if str(name).startswith(heading))

    def put(self, no, heading, cell):
        self.rows[FIRST + no][self.place(heading)] = cell

    def cell(self, no, heading):
        return self.rows[FIRST + no][self.place(heading)]


@scene
def forms(office, frozen_time):
    """Two people with three lines each."""
    return builders.collection_of_people(office, office.asn[:2], how_many=3)


@pytest.fixture(params=DOORS)
def book(request, office, forms, client_for):
    """The workbook of one person's form, and that of the whole period."""
    sheet, other = (Sheet.objects.get(run=forms, pegawai=person) for person in office.asn[:2])
    base, who = (f"/isian/{sheet.pk}", 0) if request.param == "form" else (f"/periode/{forms.period.pk}", "camat")
    answer = client_for(office.asn[0] if who == 0 else office.camat).get(f"{base}/unduh/")
    line = other.lines.order_by("pk").first()
    found = Book(f"{base}/impor/", answer.content, f"b{line.pk}-0")
    if request.param == "period":
        del found.rows[FIRST + 3 :]
        if found.rows[FIRST][0] != office.asn[0].full_name:
            found = Book(f"{base}/impor/", answer.content, f"b{line.pk}-0")
            del found.rows[FIRST : FIRST + 3]
    return found


@pytest.fixture
def send(office, client_for, book, monkeypatch):
    # What a large file brings is on the page of its outcome; here every file is small enough to be read at once.
    monkeypatch.setattr("runut.web.incoming.SMALL_FILE", 10**6)
    client = client_for(office.asn[0])
    return lambda content: client.post(book.address, {"file": SimpleUploadedFile("form.xlsx", content)}, follow=True)


def without(book, heading):
    place = book.place(heading)
    return [row[:place] + row[place + 1 :] for row in book.rows]


def twice(book, heading):
    place = book.place(heading)
    return [[*row, row[place] if no == FIRST - 1 else ""] for no, row in enumerate(book.rows)]


def renamed(book, heading, name):
    book.rows[FIRST - 1][book.place(heading)] = name
    return libre_xlsx(book.rows)


def with_macros(book):
    return libre_xlsx(book.rows, more={"xl/vbaProject.bin": b"\0"})


def declared_huge(book):
    """200 MB of zeros, in a file of 200 KB."""
    return libre_xlsx(book.rows, more={"xl/media/image1.bin": b"\0" * (201 * 1024 * 1024)})


def half(book):
    content = libre_xlsx(book.rows)
    return content[: len(content) // 2]


def without_sheet_part(book):
    with ZipFile(BytesIO(libre_xlsx(book.rows))) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist() if "sheet1" not in name})


FILES = {
    "empty": (lambda book: b"", "Berkas ini kosong."),
    "an empty sheet": (lambda book: libre_xlsx([]), "Kolom berikut tidak ditemukan: Kunci, Realisasi, Keterangan."),
    "only headings": (lambda book: libre_xlsx(book.rows[:FIRST]), "Tabelnya kosong: tidak ada baris di bawah judul"),
    "a truncated archive": (half, "tidak dapat dibaca sebagai tabel"),
    "an archive without its sheet": (without_sheet_part, "tidak dapat dibaca sebagai tabel"),
    "a document of words": (lambda book: zipped({"word/document.xml": "<w/>"}), "tidak dapat dibaca sebagai tabel"),
    "bytes": (lambda book: b"\0\1\2\3" * 99, "tidak dapat dibaca sebagai tabel"),
    "a web page called .xls": (lambda book: b"<html><table><tr><td>84</td></tr></table></html>", "halaman web"),
    "macros": (with_macros, "berisi makro"),
    "macros of old": (
        lambda book: old_xls(book.rows, more="_VBA_PROJECT".encode("utf-16-le")), "berisi makro",
    ),
    "macros of LibreOffice": (lambda book: libre_ods(book.rows, more={"Basic/Standard/a.xml": ""}), "berisi makro"),
    "a password": (lambda book: old_xls([["x"]], stream="EncryptedPackage"), "dikunci dengan kata sandi"),
    "a password of LibreOffice": (
        lambda book: zipped({"META-INF/manifest.xml": "<manifest:encryption-data/>", "content.xml": "x"}),
        "dikunci dengan kata sandi",
    ),
    "200 MB when unpacked": (declared_huge, "terlalu besar setelah dibuka"),
    "more than 20 MB": (lambda book: b"a;b\n" * (5 * 1024 * 1024 + 1), "lebih besar dari 20 MB"),
    "a renamed column": (lambda book: renamed(book, "Realisasi", "Hasil"), "tidak ditemukan: Realisasi."),
    "a column less": (lambda book: libre_xlsx(without(book, "Kunci")), "tidak ditemukan: Kunci."),
    "very many columns": (lambda book: libre_xlsx([*book.rows, ["x"] * 201]), "lebih dari 200 kolom"),
    "a column twice": (lambda book: libre_xlsx(twice(book, "Realisasi")), "ada lebih dari satu: Realisasi."),
    "only sheets of other tables": (
        lambda book: libre_xlsx([["Catatan", no] for no in range(30)], [["Rekap"]]), "tidak ditemukan: Kunci",
    ),
    "an encoding that nobody knows": (lambda book: b"Kunci;Realisasi\nd\x81sa;1\n", "tidak dapat dibaca sebagai tabel"),
    "another table": (lambda book: b"Nama;Alamat\nA;B\n", "Pakai berkas hasil “Unduh Excel”"),
}  # fmt: skip


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_no_form_says_why_and_nothing_is_written(book, send, what):
    make, sentence = FILES[what]

    page = send(make(book))

    assert (page.status_code, page.text.count(sentence) >= 1) == (422, True), page.text
    assert 'id="id_file"' in page.text and not Line.objects.exclude(amount=None).exists()


ROWS = {
    "text": ("Realisasi", "delapan", "Isi dengan angka"),
    "a formula as text": ("Realisasi", "=80+4", "Isi dengan angka"),
    "yes or no": ("Realisasi", Raw('t="b"', "<v>1</v>"), "Isi dengan angka"),
    "a range": ("Realisasi", "80–90", "Isi dengan angka"),
    "a unit": ("Realisasi", "84 dokumen", "tidak perlu ditulis"),
    "no value": ("Realisasi", "n/a", "bukan angka"),
    "both separators": ("Realisasi", "1,234.56", "dapat dibaca dengan dua cara"),
    "an error": ("Realisasi", Raw('t="e"', "<f>1/0</f><v>#DIV/0!</v>"), "pesan kesalahan Excel"),
    "a formula never worked out": ("Realisasi", Raw("", "<f>1+1</f>"), "rumus tanpa hasilnya"),
    "a column that was too narrow": ("Realisasi", "####", "terlalu sempit"),
    "a date": ("Realisasi", Raw('s="1"', "<v>46112</v>"), "berisi tanggal 31-03-2026, bukan angka"),
    "too many digits": ("Realisasi", "9" * 25, "terlalu panjang"),
    "beyond all measure": ("Realisasi", Raw("", "<v>1E+300</v>"), "Isi dengan angka"),
    "seven decimals": ("Realisasi", "0,1234567", "6 angka di belakang koma"),
    "a note without end": ("Keterangan", "x" * 1001, "paling banyak 1000 huruf"),
    "no key": ("Kunci", "", "Kuncinya berubah atau terhapus"),
    "a key with letters": ("Kunci", "bX-1", "Kuncinya berubah atau terhapus"),
    "a key that became a date": ("Kunci", Raw('s="1"', "<v>46112</v>"), "Kuncinya berubah atau terhapus"),
    "a key out of nowhere": ("Kunci", "b999999-0", "bukan dari formulir"),
}


@pytest.mark.parametrize("what", ROWS)
def test_a_row_that_cannot_be_taken_says_why_and_the_next_one_is_taken(book, send, what):
    heading, cell, sentence = ROWS[what]
    book.put(0, heading, cell)
    book.put(1, "Realisasi", 90)

    _check_one_is_refused_and_one_taken(send(libre_xlsx(book.rows)), sentence)


def _check_one_is_refused_and_one_taken(page, sentence):
    assert sentence in page.text, page.text
    assert "1 berubah" in page.text or "1 baris berubah" in page.text
    assert "1 ditolak" in page.text and "Baris 7" in page.text
    assert not Line.objects.exclude(amount=None).exists()


def test_a_key_of_somebody_else_is_of_no_use(book, send):
    book.put(0, "Kunci", book.another)
    book.put(0, "Indikator", "")
    book.put(0, "Realisasi", 84)
    book.put(1, "Realisasi", 90)

    _check_one_is_refused_and_one_taken(send(libre_xlsx(book.rows)), "bukan dari formulir")


def test_a_key_twice_is_taken_once_and_said(book, send):
    book.put(1, "Realisasi", 90)
    book.rows.insert(FIRST, [*book.rows[FIRST + 1]])
    book.rows[FIRST], book.rows[FIRST + 2] = book.rows[FIRST + 2], book.rows[FIRST]

    page = send(libre_xlsx(book.rows))

    assert "Baris ini ada dua kali di berkas." in page.text and "1 ditolak" in page.text


def test_a_heading_that_comes_again_is_said_and_the_rest_is_taken(book, send):
    book.put(1, "Realisasi", 90)
    book.rows.insert(FIRST, list(book.rows[FIRST - 1]))

    _check_one_is_refused_and_one_taken(send(libre_xlsx(book.rows)), "Baris ini mengulang judul kolomnya.")


def test_rows_that_were_sorted_by_some_of_their_columns_only_are_noticed(book, send):
    first, second = book.cell(0, "Kunci"), book.cell(1, "Kunci")
    book.put(0, "Kunci", second)
    book.put(1, "Kunci", first)
    book.put(0, "Realisasi", 84)
    book.put(2, "Realisasi", 5)

    page = send(libre_xlsx(book.rows))

    assert page.text.count("Kunci baris ini milik") == 2 and "2 ditolak" in page.text


def test_merged_cells_are_not_taken_for_empty_ones(book, send):
    book.put(0, "Realisasi", 84)
    book.put(2, "Realisasi", 5)

    page = send(libre_xlsx(book.rows, merged=("C7:C8",)))

    assert page.text.count("Ada sel yang digabung (merge) di baris ini.") == 2
    assert "2 ditolak" in page.text and "Baris 9" not in page.text.split("Ditolak")[1].split("</ul>")[0]


@pytest.mark.parametrize("make", [libre_xlsx, libre_ods, old_xls])
def test_what_changed_in_a_hidden_row_is_said_and_what_did_not_is_nothing(book, send, make):
    book.put(0, "Realisasi", 84)
    book.put(2, "Realisasi", 5)

    page = send(make(book.rows, hidden=(7, 8)))

    _check_one_is_refused_and_one_taken(page, "Baris ini tersembunyi di berkas, tetapi isinya berubah.")


def test_a_date_in_the_calendar_of_the_first_macintosh_is_the_same_date(book, send):
    book.put(0, "Realisasi", Raw('s="1"', f"<v>{46112 - 1462}</v>"))
    book.put(1, "Realisasi", 90)

    _check_one_is_refused_and_one_taken(send(libre_xlsx(book.rows, date1904=True)), "berisi tanggal 31-03-2026")


def test_the_form_is_found_behind_a_larger_sheet_of_another_table(book, send):
    book.put(0, "Realisasi", Decimal("84.75"))
    notes = [["Catatan", no] for no in range(60)]

    page = send(libre_xlsx(notes, book.rows))

    assert "84,75" in page.text and "0 ditolak" in page.text


def test_formulas_count_as_what_they_say(book, send):
    book.put(0, "Realisasi", Formula("40+44", 84))
    book.put(1, "Realisasi", Formula("", 90, shared=True))

    page = send(libre_xlsx(book.rows))

    assert "84" in page.text and "0 ditolak" in page.text and ("2 berubah" in page.text or "2 baris" in page.text)
