"""The downloaded tables of an office: what is locked in them, what may be chosen, and rows known by their key."""

import pytest

from runut.lib.tables import read_table
from runut.organisation.models import Jabatan, Pegawai, Unit
from runut.planning.actions import Drawn, Hangs, Place, add_goal, define_indicator, open_plan
from runut.planning.models import Indicator
from tests.collection.test_import import saved
from tests.harness.opened import Opened
from tests.planning.test_dictionary import IKM, START, define
from tests.web.test_imports import bring_in, fates

KINDS = ("unit", "jabatan", "pegawai", "sasaran", "kegiatan", "indikator", "target")


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


def download(admin, office, kind, which="sekarang"):
    return admin.get(f"/atur/impor/{office.office.pk}/{kind}/{which}/").content


def rows_of(content):
    return [list(row) for row in read_table(content).rows]


def upload(admin, office, kind, rows):
    return admin.post(f"/atur/impor/{office.office.pk}/{kind}/", {"file": saved(rows)}, follow=True)


def words(page):
    return [(row.label, row.state, row.words) for row in page.context["staged"].rows.order_by("no")]


@pytest.mark.parametrize("which", ["sekarang", "contoh"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_table_is_protected_frozen_and_says_how_it_is_used(office, admin, kind, which):
    define(office)

    book = Opened(download(admin, office, kind, which))

    assert book.is_protected and book.frozen == "A2", (book.frozen, book.names)
    notes = " ".join(book.text("Petunjuk").values())
    assert "Sel berlatar kuning boleh diisi" in notes and "unggah di halaman Impor" in notes


@pytest.mark.parametrize("which", ["sekarang", "contoh"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_new", [True, False])
def test_the_instructions_name_the_sheet_of_choices_only_where_it_is(office, admin, kind, which, is_new):
    if not is_new:
        define(office)

    book = Opened(download(admin, office, kind, which))

    assert ("lembar Pilihan" in " ".join(book.text("Petunjuk").values())) == ("Pilihan" in book.names)


def test_who_follows_the_examples_has_something_to_measure_in_every_quarter(office, admin):
    [heading, *rows] = rows_of(download(admin, office, "target", "contoh"))

    aims = [row[heading.index("Target setahun") :][:5] for row in rows]
    assert aims and all(cell not in ("", "-") for cells in aims for cell in cells)


def test_what_names_a_row_is_locked_and_everything_is_open_below(office, admin):
    define(office)
    found = {kind: Opened(download(admin, office, kind)) for kind in ("indikator", "pegawai")}

    for kind, locked, free in (
        ("indikator", ("Kode", "Kode unit", "NIP"), ("Nama indikator", "Arah", "Sasaran")),
        ("pegawai", ("NIP",), ("Nama", "Kode jabatan")),
    ):
        book = found[kind]
        last = len(rows_of(download(admin, office, kind)))
        for heading in (*locked, "Kunci"):
            assert book.is_locked(f"{book.column(heading)}2"), heading
        for heading in free:
            assert not book.is_locked(f"{book.column(heading)}2"), heading
        for heading in (*locked, *free):
            assert not book.is_locked(f"{book.column(heading)}{last + 1}"), heading
        assert book.is_locked(f"{book.column('Kunci')}{last + 1}") and len(book.hidden_columns) == 1


def test_whatever_has_a_closed_set_of_answers_offers_it(office, admin):
    define(office)
    books = {kind: Opened(download(admin, office, kind)) for kind in ("indikator", "jabatan", "pegawai", "unit")}

    def offered(kind, heading, row=2):
        return books[kind].choices(f"{books[kind].column(heading)}{row}")

    assert offered("indikator", "Arah") == ["naik", "turun", "rentang", "stabil"]
    assert offered("indikator", "Penggabungan")[:2] == ["akumulasi", "nilai akhir"]
    assert offered("indikator", "Jenis nilai")[:3] == ["angka", "persen", "indeks"]
    assert "IKU (utama)" in offered("indikator", "Macam") and "Setiap bulan" in offered(
        "indikator", "Frekuensi pengukuran"
    )
    assert offered("indikator", "Cara menghitung capaian") == [
        "Target ÷ realisasi", "Penurunan dari target", "Paling banyak sebesar target",
    ]  # fmt: skip
    assert offered("indikator", "Boleh dipublikasikan") == ["ya", "tidak"]
    assert offered("indikator", "Jenis cascading") == ["CP", "C", "N"]
    units = list(
        Unit.objects.filter(office=office.office, closed_on=None).order_by("code").values_list("code", flat=True)
    )
    posts = list(Jabatan.objects.filter(office=office.office).order_by("code").values_list("code", flat=True))
    for heading in ("Kode unit", "Kode unit penanggung jawab", "Kode unit penyedia"):
        assert offered("indikator", heading) == offered("indikator", heading, 300) == units
    assert offered("indikator", "Mendukung indikator") == ["IKU-1"]
    assert "pengawas" in offered("jabatan", "Jenis") and offered("jabatan", "Pimpinan") == ["ya", "tidak"]
    assert offered("pegawai", "Kode jabatan") == offered("jabatan", "Kode jabatan atasan") == posts
    assert offered("unit", "Kode unit di atasnya") == units


def test_what_is_offered_is_what_the_table_takes(office, admin):
    define(office)
    book = Opened(download(admin, office, "indikator"))
    rows = rows_of(download(admin, office, "indikator"))
    for heading in ("Arah", "Penggabungan", "Macam", "Cara menghitung capaian", "Frekuensi pengukuran", "Angka desimal",
                    "Jenis cascading"):  # fmt: skip
        for answer in book.choices(f"{book.column(heading)}2"):
            changed = [list(row) for row in rows]
            changed[1][rows[0].index(heading)] = answer
            if answer != rows[1][rows[0].index(heading)]:
                changed[1][rows[0].index("Mulai berlaku")] = "01-07-2026"
                changed[1][rows[0].index("Sebab perubahan")] = "Renstra Perubahan"
            [state] = {state for _label, state in fates(upload(admin, office, "indikator", changed))}
            assert state in ("same", "changed"), (heading, answer)


@pytest.mark.parametrize(("kind", "name", "model"), [("unit", "Nama unit", Unit), ("jabatan", "Nama jabatan", Jabatan)])
def test_a_row_whose_code_and_name_were_edited_is_the_same_row(office, admin, kind, name, model):
    rows = rows_of(download(admin, office, kind))
    # One that no other row names.
    row = next(row for row in rows[1:] if not any(row[0] in other[1:-1] for other in rows))
    was = dict(zip(rows[0], row, strict=True))
    row[rows[0].index("Kode")], row[rows[0].index(name)] = "LAIN-1", "Nama yang lain"
    count = model.objects.count()

    page = upload(admin, office, kind, rows)

    [(label, state, said)] = words(page)
    assert (label, state) == ("Nama yang lain", "changed")
    assert f"Kode: {was['Kode']} → LAIN-1" in said and f"Nama: {was[name]} → Nama yang lain" in said
    bring_in(admin, page)
    assert model.objects.count() == count and model.objects.get(code="LAIN-1").name == "Nama yang lain"
    assert {state for _label, state in fates(upload(admin, office, kind, rows))} == {"same"}


def test_a_new_name_of_an_indicator_is_told_from_what_to_what(office, admin):
    made = define(office)
    rows = rows_of(download(admin, office, "indikator"))
    rows[1][rows[0].index("Nama indikator")] = "Indeks Kepuasan Warga"
    rows[1][rows[0].index("Mulai berlaku")] = "01-07-2026"
    rows[1][rows[0].index("Sebab perubahan")] = "Renstra Perubahan"

    [(_label, state, said)] = words(upload(admin, office, "indikator", rows))

    assert state == "changed"
    changed = f"Nama indikator: {made.versions.get().name} → Indeks Kepuasan Warga"
    assert said == f"{changed}\nMulai berlaku: 1 Jul 2026\nSebab perubahan: Renstra Perubahan"


def test_an_indicator_keeps_its_code_and_somebody_else_takes_no_persons_row(office, admin):
    define(office)
    indicators, people = (rows_of(download(admin, office, kind)) for kind in ("indikator", "pegawai"))
    indicators[1][0], people[1][0], people[2][0] = "IKU-X", people[2][0], ""

    [(_label, state, said)] = words(upload(admin, office, "indikator", indicators))
    refused = [each for each in words(upload(admin, office, "pegawai", people)) if each[1] == "rejected"]

    assert state == "rejected" and "Baris ini tadinya IKU-1; kode indikator tidak diganti lewat tabel." in said
    assert len(refused) == 2 and "tetapi kodenya milik" in refused[0][2]
    assert Pegawai.objects.filter(office=office.office).count() == len(people) - 1


def test_a_copied_row_is_told_apart_by_its_key(office, admin):
    rows = rows_of(download(admin, office, "unit"))
    copy = list(rows[1])
    copy[0] = "SALIN"

    copied = words(upload(admin, office, "unit", [*rows, copy]))
    copy[-1] = ""
    fresh = words(upload(admin, office, "unit", [*rows, copy]))

    [(_label, state, said)] = copied
    assert state == "rejected" and "salinan dari baris 2" in said and "hapus isi kolom Kunci" in said
    assert [state for _label, state, _said in fresh] == ["new"]


def test_a_key_of_another_office_says_nothing(office, admin):
    rows = rows_of(download(admin, office, "unit"))
    rows[1][-1] = "kantor-lain-1"

    assert {state for _label, state in fates(upload(admin, office, "unit", rows))} == {"same"}


@pytest.fixture
def tree(office):
    """A goal with an indicator; another one that serves it, with the position that answers for it."""
    by = office.actor(office.admin)
    plan = open_plan(office=office.office, drawn=Drawn("pk", "PK 2026", 2026, START), by=by)
    goal = add_goal(plan=plan, text="Pelayanan prima", by=by)
    post = Jabatan.objects.filter(office=office.office).order_by("code").first()
    above = define(office, "IKU-1")
    place = Place("IKU-2", START, Hangs(tujuan=goal, serves=above, jabatan=post), unit=office.units[2])
    below = define_indicator(office=office.office, place=place, particulars=IKM, by=by)
    return above, below, goal, post


def test_what_an_indicator_hangs_on_goes_out_and_comes_back_as_it_went(office, admin, tree):
    _above, _below, goal, post = tree
    rows = rows_of(download(admin, office, "indikator"))

    told = dict(zip(rows[0], rows[2], strict=True))
    assert (told["Tujuan"], told["Mendukung indikator"]) == (goal.text, "IKU-1")
    assert told["Kode jabatan penanggung jawab"] == post.code
    assert fates(upload(admin, office, "indikator", rows)) == [("", "same")] * 2


@pytest.mark.parametrize(
    ("heading", "cell", "said", "field"),
    [
        ("Tujuan", "", "Tujuan: Pelayanan prima → (kosong)", "tujuan"),
        ("Mendukung indikator", "", "Mendukung indikator: IKU-1 → (kosong)", "serves"),
        ("Kode jabatan penanggung jawab", "", "Jabatan penanggung jawab: {post} → (kosong)", "jabatan"),
    ],
)
def test_one_cell_that_was_changed_is_exactly_what_changes(office, admin, tree, heading, cell, said, field):
    rows = rows_of(download(admin, office, "indikator"))
    rows[2][rows[0].index(heading)] = cell

    page = upload(admin, office, "indikator", rows)

    assert [row[2] for row in words(page)] == [said.format(post=tree[3].name)]
    bring_in(admin, page)
    below = Indicator.objects.get(code="IKU-2")
    kept = {"tujuan": tree[2], "serves": tree[0], "jabatan": tree[3]} | {field: None}
    assert {name: getattr(below, name) for name in kept} == kept
    rows[2][rows[0].index(heading)] = {"Tujuan": "Pelayanan prima", "Mendukung indikator": "IKU-1"}.get(
        heading, tree[3].code
    )
    bring_in(admin, upload(admin, office, "indikator", rows))
    assert getattr(Indicator.objects.get(code="IKU-2"), field) is not None


def test_a_row_serves_one_that_stands_above_it_in_the_same_table(office, admin, tree):
    rows = rows_of(download(admin, office, "indikator"))
    first, second = list(rows[1]), list(rows[1])
    first[-1] = second[-1] = ""
    first[0], second[0] = "IKU-3", "IKU-4"
    second[rows[0].index("Mendukung indikator")] = "IKU-3"

    bring_in(admin, upload(admin, office, "indikator", [*rows, first, second]))

    assert Indicator.objects.get(code="IKU-4").serves == Indicator.objects.get(code="IKU-3")


def test_what_does_not_exist_and_what_goes_in_a_circle_is_refused(office, admin, tree):
    for heading, cell, sentence in (
        ("Tujuan", "Tiada", "Tujuan “Tiada” tidak ada."),
        ("Mendukung indikator", "TIADA", "Indikator yang didukung, TIADA, tidak ada."),
        ("Mendukung indikator", "IKU-2", "tidak dapat mendukung dirinya sendiri"),
        ("Kode jabatan penanggung jawab", "TIADA", "Jabatan dengan kode TIADA tidak ada."),
    ):
        rows = rows_of(download(admin, office, "indikator"))
        rows[1][rows[0].index(heading)] = cell
        [(_label, state, said)] = words(upload(admin, office, "indikator", rows))
        assert state == "rejected" and sentence in said, said


def test_the_hidden_key_is_not_named_among_what_is_filled_in(office, admin):
    page = admin.get(f"/atur/impor/{office.office.pk}/indikator/").text

    assert "Mendukung indikator" in page and "Kunci" not in page


@pytest.mark.parametrize("kind", ["unit", "jabatan"])
def test_units_and_positions_are_taken_out_as_excel_from_their_own_pages(office, client_for, kind):
    client, address = client_for(office.admin), f"/atur/impor/{office.office.pk}/{kind}/sekarang/"

    assert f'href="{address}"' in client.get(f"/atur/{kind}/").text
    assert client.get(address).content.startswith(b"PK")
