"""What the product wrote into rows, told to an English reader; what people wrote stays."""

import re

import pytest
from django.utils import translation

from runut.lib.retold import SENTENCES, _ours, retold, retold_result


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("Tahun 2026", "Year 2026"),
        ("Tribulan II 2026", "Quarter II 2026"),
        ("Dihitung dari nilai TW I, TW III.", "Worked out from the values of Quarter I, Quarter III."),
        ("Dihitung dari nilai Tribulan I. 84 + 90", "Worked out from the values of Quarter I. 84 + 90"),
        ("Menunggu perbaikan data PD-2026-001.", "Waiting for the correction of data PD-2026-001."),
        ("Keliru: Salah bulan", "Wrong: Salah bulan"),
        ("Diantar langsung", "Delivered by hand"),
        ("Antrean daring dibuka Tahun 2026", "Antrean daring dibuka Tahun 2026"),
        ("Bidang II", "Bidang II"),
        ("Semester II 2026", "Semester II 2026"),
        ("Rekap II, bagian kedua", "Rekap II, bagian kedua"),
        ("", ""),
    ],
)
def test_a_sentence_of_ours_is_told_in_english_and_others_stay(kept, told):
    with translation.override("en"):
        assert retold(kept) == told
    with translation.override("id"):
        assert retold(kept) == kept


def test_every_sentence_has_its_english():
    with translation.override("en"):
        assert [sentence for sentence in SENTENCES if translation.gettext(sentence) == sentence] == []


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("Kolom Kode kosong.", "The column Kode is empty."),
        (
            "Kolom Kode kosong. Unit dengan kode TU tidak ada. Impor unitnya dahulu.",
            "The column Kode is empty. There is no unit with the code TU. Import the units first.",
        ),
        ("Realisasi – → 84,75 · Keterangan: Sudah selesai.", "Actual – → 84,75 · Note: Sudah selesai."),
        (
            "Pagu: Angka ini terlalu panjang. Periksa lagi, misalnya 94,5.",
            "Pagu: This number is too long. Check it, for example 94,5.",
        ),
        (
            "Kode baru sudah ada di baris 2 berkas ini. Gabungkan baris 2 dan 6.",
            "Kode baru is already in row 2 of this file. Make rows 2 and 6 one.",
        ),
        ("97% terbaca lain.", "97% terbaca lain."),
        ("Nama unit: Seksi Umum.", "Nama unit: Seksi Umum."),
        ("Sudah selesai.", "Sudah selesai."),
    ],
)
def test_the_result_of_an_import_is_told_sentence_by_sentence(kept, told):
    with translation.override("en"):
        assert retold_result(kept) == told
    with translation.override("id"):
        assert retold_result(kept) == kept


def test_every_sentence_of_ours_is_found_again_whatever_stands_in_its_gaps():
    """Some say the same in other words: what counts is that none is left as it was, and none breaks."""
    sentences = [sentence for _literal, sentence in _ours()]
    assert len(sentences) > 1000

    with translation.override("en"):
        kept = [re.sub(r"%\(\w+\)s", "Q7", each).replace("%%", "%") for each in sentences]
        told = [retold_result(each) for each in kept]

    assert [each for each, now in zip(kept, told, strict=True) if each == now and "Q7" not in each] == []
