"""A block from Excel on the rows of a form: what would stand where, what cannot, and how numbers are read."""

import json

import pytest

from runut.collection.rules import Place, lay_over
from runut.lib.errors import Refused

NAMES = ["IKM", "KTP-el", "Pengaduan"]


def _places(*names, locked=(), now=""):
    return [
        Place(no, name, no not in locked, "number", [], {"v": now, "n": ""}) for no, name in enumerate(names or NAMES)
    ]


def _paste(block, *places, start=0, columns=("v", "n"), sign=None):
    return lay_over(block, places or _places(), start, columns, sign)


def _typed(pasted):
    return [cell.typed for cell in pasted.fits]


def _column(*texts):
    return [[text] for text in texts]


@pytest.mark.parametrize(
    ("texts", "sign", "typed"),
    [
        (["84,75", "1.234", "97,5%"], "comma", ["84,75", "1.234", "97,5"]),
        (["84.75", "1,234", "97.5%"], "dot", ["84,75", "1.234", "97,5"]),
        (["84.75", "1,234.56", "97.5"], None, ["84,75", "1.234,56", "97,5"]),
        (["84,75", "1.234,56", "97,5"], None, ["84,75", "1.234,56", "97,5"]),
        (["1.234", "2.345", "3.456"], "dot", ["1,234", "2,345", "3,456"]),
        (["1.234", "2.345", "3.456"], None, ["1.234", "2.345", "3.456"]),
    ],
)
def test_numbers_are_read_as_the_spreadsheet_writes_them(texts, sign, typed):
    assert _typed(_paste(_column(*texts), sign=sign)) == typed


def test_a_number_with_a_dot_is_spelled_out():
    [cell] = _paste(_column("1.234")).fits

    assert cell.words == "seribu dua ratus tiga puluh empat"


def test_what_cannot_be_read_stays_as_it_was_copied_with_the_reason():
    pasted = _paste(_column("84,75", "n/a", "########"))

    first, second = pasted.having("unread")
    assert (first.text, first.row, first.place.label) == ("n/a", 2, "KTP-el")
    assert "bukan angka" in first.reason
    assert "terlalu sempit" in second.reason
    assert len(pasted.fits) == 1


def test_rows_past_the_last_and_locked_rows_are_listed_not_dropped():
    pasted = _paste(_column("1", "2", "3", "4"), *_places(locked={1}), start=1)

    assert [(cell.outcome, cell.text) for cell in pasted.cells] == [
        ("locked", "1"),
        ("fits", "2"),
        ("outside", "3"),
        ("outside", "4"),
    ]


def test_empty_cells_leave_what_is_there():
    pasted = _paste([*_column("1", "", "–"), [""], [""]])

    assert (_typed(pasted), pasted.rows, pasted.blank) == (["1"], 3, 2)


def test_a_second_column_goes_to_the_next_cell_and_a_third_to_none():
    pasted = _paste([["84,75", "Survei Juni", "x"], ["90", "", "x"]])

    assert [(cell.column, cell.typed) for cell in pasted.fits] == [("v", "84,75"), ("n", "Survei Juni"), ("v", "90")]
    assert (pasted.unused, pasted.blank) == (1, 1)


def test_a_heading_says_which_column_is_which_and_the_indicator_which_row():
    pasted = _paste(
        [
            ["No", "Indikator", "Target", "Realisasi periode lalu", "Realisasi", "Keterangan"],
            ["1", "ktp-el", "95", "92", "94,1", "Rekap"],
            ["2", "IKM", "84", "83", "84,75", ""],
            ["3", "Yang lain", "1", "1", "7", ""],
        ]
    )

    assert pasted.headed
    assert [(cell.place.label, cell.column, cell.typed) for cell in pasted.fits] == [
        ("KTP-el", "v", "94,1"),
        ("KTP-el", "n", "Rekap"),
        ("IKM", "v", "84,75"),
    ]
    assert [cell.text for cell in pasted.having("outside")] == ["7"]


@pytest.mark.parametrize("heading", ["Realisasi Tw III", "Capaian", "Nilai"])
def test_a_word_above_one_column_of_numbers_is_its_heading(heading):
    pasted = _paste(_column(heading, "1", "2", "3"))

    assert (pasted.headed, _typed(pasted)) == (True, ["1", "2", "3"])


def test_a_word_in_a_block_that_fits_without_it_is_a_cell_that_cannot_be_read():
    pasted = _paste(_column("delapan", "2", "3"))

    assert not pasted.headed
    assert [cell.text for cell in pasted.having("unread")] == ["delapan"]


@pytest.mark.parametrize("note", ["Target tercapai", "Realisasi naik", "Keterangan menyusul dari seksi"])
def test_a_note_is_no_heading(note):
    pasted = _paste(_column(note, "Rekap Juni"), columns=("n",))
    assert (pasted.headed, _typed(pasted)) == (False, [note, "Rekap Juni"])

    assert not _paste([["84,75", note], ["90", "Rekap Juni"]]).headed


def test_a_predicate_is_one_of_the_scale():
    place = Place(1, "Opini", True, "ordinal", ["WDP", "WTP"], {})

    assert _typed(_paste(_column("wtp", "1"), place)) == ["WTP"]


def test_what_would_be_written_over_is_named():
    fresh, same = _paste(_column("2", "3"), *_places(now="3")).fits

    assert (fresh.replaces, same.replaces) == ("3", "")


def test_a_block_without_end_is_refused():
    with pytest.raises(Refused, match="terlalu besar"):
        _paste(_column(*["1"] * 501))


@pytest.fixture
def paste(people, client_for):
    """Ask how a block would be read, as the person whose sheet it is."""

    def ask(block, who=None, **more):
        data = {"block": block if isinstance(block, str) else json.dumps(block), "column": "v", **more}
        data.setdefault("line", people.sheet.lines.get(figure__no=1).pk)
        headers = {"accept": "application/json"}
        return client_for(who or people.a).post(f"/isian/{people.sheet.pk}/tempel/", data, headers=headers)

    return ask


@pytest.mark.django_db
def test_the_preview_says_what_fits_and_changes_nothing(people, paste):
    answer = paste(_column("84,75", "n/a")).json()

    line = people.sheet.lines.get(figure__no=1)
    assert answer["cells"] == [{"line": line.pk, "column": "v", "typed": "84,75"}]
    assert "2 × 1 sel dari Excel" in answer["html"]
    assert "1 cocok, 1 tidak terbaca" in answer["html"]
    assert "Terapkan 1" in answer["html"]
    assert line.amount is None


@pytest.mark.django_db
def test_more_rows_than_the_form_has_are_warned_of(paste):
    html = paste(_column("1", "2", "3")).json()["html"]

    assert "1 di luar formulir" in html
    assert "Jumlah barisnya tidak sama dengan formulir." in html


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"block": "bukan"}, {"block": "[]"}, {"line": "0"}, {"column": "m"}])
def test_what_is_no_block_or_no_cell_is_refused_in_words(paste, wrong):
    answer = paste(**{"block": _column("1", "2"), **wrong})

    assert answer.status_code == 422
    assert answer.json()["sentence"].endswith(".")


@pytest.mark.django_db
def test_nobody_else_pastes_into_a_form(office, people, paste):
    assert paste(_column("1"), people.b).status_code == 404
    assert paste(_column("1"), office.camat).status_code == 409
