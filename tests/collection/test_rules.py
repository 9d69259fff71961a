"""States of a sheet, what stands out in it, and numbers in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.collection.models import SheetState
from runut.collection.rules import (
    EDITABLE,
    MOVES,
    Cell,
    Content,
    check_editable,
    digest,
    findings,
    hint,
    locked_because,
    meant,
    read_cell,
)
from runut.lib.errors import Refused, Stale
from runut.lib.spelled import in_words, read_back, read_beside


def _cell(**more):
    fields = {
        "line": 1, "label": "IKM", "value_type": "number", "scale": [], "amount": Decimal(80), "text": "",
        "measure": "measured", "note": "", "has_evidence": True,
    }  # fmt: skip
    return Cell(**{**fields, **more})


def _seen(cell):
    return [(found.level, found.field) for found in findings([cell])]


def test_every_state_is_in_the_table_and_a_published_sheet_never_moves():
    assert set(MOVES) == set(SheetState.values)
    assert MOVES["published"] == frozenset()
    assert all(SheetState.PUBLISHED not in MOVES[state] for state in ("draft", "submitted", "returned", "validated"))


@pytest.mark.parametrize("state", [state for state in SheetState.values if state not in EDITABLE])
def test_a_locked_sheet_says_why_and_what_one_can_do(state):
    with pytest.raises(Stale) as refusal:
        check_editable(state)

    assert refusal.value.sentence == locked_because(state)
    assert refusal.value.sentence.count(".") == 2


def test_a_good_line_has_no_findings():
    assert findings([_cell()]) == []


@pytest.mark.parametrize(
    ("more", "seen"),
    [
        ({"amount": None, "measure": "not_filled", "has_evidence": False}, [("error", "value")]),
        ({"amount": None}, [("error", "value")]),
        ({"amount": None, "measure": "not_measured"}, [("error", "note")]),
        ({"amount": None, "measure": "not_measured", "note": "Survei tahunan."}, []),
        ({"has_evidence": False}, [("warning", "evidence")]),
        ({"last": Decimal(8)}, [("error", "note")]),
        ({"last": Decimal(800)}, [("error", "note")]),
        ({"last": Decimal(800), "note": "Survei baru."}, [("warning", "value")]),
        ({"last": Decimal(800), "repairs": True, "cause": "Salah koma.", "reason": "Rekap."}, [("warning", "value")]),
        ({"last": Decimal(9)}, []),
        ({"amount": Decimal(0), "last": Decimal(3)}, []),
        ({"last": Decimal(85), "polarity": "positive"}, [("warning", "value")]),
        ({"last": Decimal(85), "polarity": "negative"}, []),
        ({"last": Decimal(75), "polarity": "negative"}, [("warning", "value")]),
        ({"last": Decimal(85)}, []),
        ({"past": [Decimal(81), Decimal(82), Decimal(83), Decimal(84)]}, [("warning", "value")]),
        ({"past": [Decimal(79), Decimal(82), Decimal(83), Decimal(84)]}, []),
        ({"past": [Decimal(81), Decimal(82), Decimal(83)]}, []),
        ({"last": Decimal(0)}, []),
        ({"repairs": True}, [("error", "cause"), ("error", "reason")]),
        ({"repairs": True, "cause": "Salah bulan.", "reason": "Rekap April."}, []),
        ({"value_type": "ordinal", "amount": None, "text": "Z", "scale": ["B", "A"]}, [("error", "value")]),
        ({"value_type": "ordinal", "amount": None, "text": "a", "scale": ["B", "A"]}, []),
    ],
)
def test_what_stands_out_in_a_line(more, seen):
    assert _seen(_cell(**more)) == seen


def test_errors_come_before_warnings_and_name_the_indicator():
    found = findings([_cell(has_evidence=False), _cell(line=2, label="KTP-el", amount=None)])

    assert [each.sentence for each in found] == [
        "KTP-el: isi realisasi, atau pilih “tidak diukur”, “menunggu rilis”, atau “nihil”.",
        "IKM: bukti dukung belum dilampirkan.",
    ]


@pytest.mark.parametrize(
    ("typed", "value_type", "scale", "read"),
    [
        (" 94,5 ", "number", [], (Decimal("94.5"), "")),
        ("1.234", "number", [], (Decimal(1234), "")),
        ("–", "number", [], (None, "")),
        ("0", "number", [], (Decimal(0), "")),
        ("bb", "ordinal", ["B", "BB"], (None, "BB")),
        ("", "ordinal", ["B", "BB"], (None, "")),
        ("WTP", "ordinal", [], (None, "WTP")),
        ("Wajar Tanpa Pengecualian", "ordinal", ["WDP", "WTP"], (None, "WTP")),
        ("BB (Sangat Baik)", "ordinal", ["B", "BB"], (None, "BB")),
    ],
)
def test_a_cell_is_read_as_its_indicator_counts(typed, value_type, scale, read):
    assert read_cell(typed, value_type, scale) == read


@pytest.mark.parametrize(
    ("typed", "value_type", "scale"),
    [
        ("delapan", "number", []),
        ("1,234.56", "number", []),
        ("1,1234567", "number", []),
        ("1" * 19, "number", []),
        ("Z", "ordinal", ["B", "BB"]),
        ("x" * 61, "ordinal", []),
        ("NaN", "ordinal", []),
        ("#REF!", "ordinal", []),
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(typed, value_type, scale):
    with pytest.raises(Refused) as refusal:
        read_cell(typed, value_type, scale)

    assert len(refusal.value.sentence) > 20


def test_the_mark_of_a_content_does_not_depend_on_zeros_at_the_end():
    assert digest(Content(Decimal("1.50"), "", "measured", "")) == digest(Content(Decimal("1.5"), "", "measured", ""))
    assert digest(Content(Decimal("1.5"), "", "measured", "")) != digest(Content(Decimal("1.5"), "", "measured", "x"))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "nol"),
        ("11", "sebelas"),
        ("18", "delapan belas"),
        ("100", "seratus"),
        ("1000", "seribu"),
        ("1234", "seribu dua ratus tiga puluh empat"),
        ("2001000", "dua juta seribu"),
        ("-84.75", "minus delapan puluh empat koma tujuh lima"),
        ("5.000000", "lima"),
        ("1" + 15 * "0", "satu kuadriliun"),
    ],
)
def test_a_number_is_spelled_out(number, words):
    assert in_words(Decimal(number)) == words


@given(st.integers(min_value=0, max_value=10**17))
def test_different_numbers_have_different_words(number):
    assert in_words(Decimal(number)) != in_words(Decimal(number + 1))


@pytest.mark.parametrize(
    ("unit", "amount", "seen"),
    [
        ("kasus", "-3", [("error", "value")]),
        ("Dokumen", "-1", [("error", "value")]),
        ("kasus", "1.5", [("warning", "value")]),
        ("kasus", "3", []),
        ("orang per hari", "2", []),
        ("kasus/1.000 penduduk", "1.5", []),
        ("jam/orang", "1.5", []),
        ("indeks", "-71.06", []),
        ("", "-1", []),
    ],
)
def test_a_count_is_not_below_nothing_and_seldom_a_fraction(unit, amount, seen):
    assert _seen(_cell(amount=Decimal(amount), unit=unit)) == seen


@pytest.mark.parametrize(
    ("label", "unit", "amount", "target", "seen"),
    [
        ("Persentase desa mandiri", "%", "100", "90", []),
        ("Persentase desa mandiri", "%", "100.01", "90", [("error", "note")]),
        ("Persentase desa mandiri", "persen", "105", "90", [("error", "note")]),
        ("Persentase desa mandiri", "%", "105", "104", []),
        ("Pertumbuhan usaha", "%", "105", "90", []),
        ("Pertumbuhan usaha", "%", "-71.06", "90", []),
        ("Persentase desa mandiri", "%", "-11.11", "90", [("error", "note")]),
        ("Persentase penurunan stunting", "%", "-2", "3", []),
        ("Jumlah desa", "desa", "105", "90", []),
    ],
)
def test_a_share_of_a_whole_is_seldom_above_a_hundred(label, unit, amount, target, seen):
    assert _seen(_cell(label=label, amount=Decimal(amount), unit=unit, target=Decimal(target))) == seen


def test_a_share_above_a_hundred_is_handed_in_with_its_reason():
    cell = _cell(label="Persentase desa mandiri", amount=Decimal(105), unit="%", note="Dua desa dihitung lagi.")
    assert _seen(cell) == [("warning", "value")]


def test_a_number_on_the_other_side_of_nothing_is_not_proposed():
    assert meant(_cell(amount=Decimal(-5), unit="indeks", last=Decimal(50))) is None
    assert meant(_cell(amount=Decimal(5), unit="indeks", last=Decimal(50))) == 50


def test_the_hint_beside_a_cell_says_what_cannot_be_before_what_is_unusual():
    assert "kurang dari nol" in hint(_cell(amount=Decimal(-3), unit="kasus", last=Decimal(3)))
    assert "jauh berbeda" in hint(_cell(amount=Decimal(30), unit="kasus", last=Decimal(3)))
    assert hint(_cell(amount=Decimal(3), unit="kasus", last=Decimal(3))) == ""


def test_a_lost_comma_is_asked_after_where_the_figure_has_decimals():
    slipped = _cell(amount=Decimal(841), unit="indeks", last=Decimal("84.75"))
    assert _seen(slipped) == [("error", "note")] and meant(slipped) == Decimal("84.1")
    assert "jauh berbeda" not in hint(_cell(amount=Decimal(25), unit="kasus", last=Decimal(4)))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("85", ""),
        ("84,75", ""),
        ("1.234", "dibaca: seribu dua ratus tiga puluh empat"),
        ("1.5", "dibaca: 1,5 (satu koma lima)"),
        ("84.75", "dibaca: 84,75 (delapan puluh empat koma tujuh lima)"),
        ("97,5 %", "dibaca: 97,5 (sembilan puluh tujuh koma lima)"),
        ("Rp 1.200", "dibaca: 1.200 (seribu dua ratus)"),
        ("1,234", "dibaca: satu koma dua tiga empat"),
    ],
)
def test_a_number_is_read_back_where_its_text_could_mean_another_or_was_changed(typed, told):
    assert read_back(typed, read_cell(typed, "number", [])[0]) == told


@pytest.mark.parametrize(
    ("written", "cell", "told"),
    [
        ("9.095", "9.095", "tertulis “9.095”, dibaca: sembilan ribu sembilan puluh lima"),
        ("9.095", "9,095", "tertulis “9.095”, dibaca: 9,095 (sembilan koma nol sembilan lima)"),
        ("85", "85", ""),
        ("70.38-70.76", "70,38-70,76", "tertulis “70.38-70.76”, dibaca: 70,38–70,76"),
        ("70,38-70,76", "70,38-70,76", ""),
        ("80-60", "80-60", "tertulis “80-60”, dibaca: 60–80"),
        ("≤5 menit", "≤5 menit", ""),
        ("WTP", "WTP", ""),
        ("-", "-", ""),
        ("nihil", "nihil", ""),
    ],
)
def test_what_stands_in_a_file_is_told_beside_what_was_read_where_they_may_differ(written, cell, told):
    assert read_beside({"actual": written}, {"actual": cell}) == told
    assert read_beside({"actual": written}, {"actual": cell}, "target") == ""


def test_a_number_that_a_workbook_holds_is_not_told():
    assert read_beside({}, {"actual": "9.095"}) == ""
