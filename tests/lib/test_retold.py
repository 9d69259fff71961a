"""What the product wrote into rows, told to an English reader; what people wrote stays."""

import pytest
from django.utils import translation

from runut.lib.retold import SENTENCES, retold


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
