from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.lib.errors import Refused
from runut.lib.nip import FEMALE, MALE, format_nip, mask_nip, read_nip, synthetic_nip

BORN = date(1985, 4, 17)
GOOD = synthetic_nip(BORN, (2010, 1), FEMALE, 901)


def changed(at, digits):
    return GOOD[:at] + digits + GOOD[at + len(digits) :]


def test_a_pns_number_tells_birth_appointment_sex_and_sequence():
    nip = read_nip(GOOD)

    assert (nip.kind, nip.born, nip.sex, nip.sequence) == ("pns", BORN, FEMALE, 901)
    assert (nip.appointed_year, nip.appointed_month, nip.contract, nip.warnings) == (2010, 1, None, ())


def test_a_pppk_number_tells_its_contract():
    nip = read_nip(synthetic_nip(BORN, (2022, 3), MALE, 950, pppk=True))

    assert (nip.kind, nip.appointed_year, nip.appointed_month, nip.contract) == ("pppk", 2022, None, 1)


def test_spaces_and_dots_are_left_out():
    spaced = format_nip(GOOD)

    assert [len(part) for part in spaced.split(" ")] == [8, 6, 1, 3]
    assert read_nip(spaced).digits == GOOD
    assert read_nip(f"  {spaced.replace(' ', '.')}\u00a0").digits == GOOD
    assert str(read_nip(GOOD)) == spaced


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "belum diisi"),
        (" . ", "belum diisi"),
        (GOOD[:-1], "NIP harus 18 angka; yang ditulis 17"),
        (GOOD + "1", "NIP harus 18 angka; yang ditulis 19"),
        (changed(3, "O"), "“O”"),
        (changed(3, "٣"), "“٣”"),
        (changed(4, "13"), "tanggal lahir"),
        (changed(4, "0230"), "tanggal lahir"),
        (changed(0, "0000"), "tanggal lahir"),
        (changed(12, "00"), "angka ke-13 dan ke-14, “00”"),
        (changed(12, "13"), "angka ke-13 dan ke-14, “13”"),
        (changed(12, "20"), "angka ke-13 dan ke-14, “20”"),
        (changed(12, "30"), "angka ke-13 dan ke-14, “30”"),
        (changed(14, "3"), "angka ke-15, “3”"),
        (changed(15, "000"), "tiga angka terakhir"),
        (changed(8, "1985"), "tidak sesudah tanggal lahir"),
        (changed(8, "1980"), "tidak sesudah tanggal lahir"),
    ],
)
def test_a_wrong_number_is_refused_with_what_is_wrong(text, words):
    with pytest.raises(Refused) as refusal:
        read_nip(text)

    assert words in refusal.value.sentence


@pytest.mark.parametrize(("year", "warns"), [(2000, True), (2001, True), (2002, False), (2045, False), (2047, True)])
def test_an_unusual_age_at_appointment_only_warns(year, warns):
    nip = read_nip(changed(8, str(year)))

    assert bool(nip.warnings) == warns


def test_a_masked_number_hides_birth_and_appointment():
    masked = mask_nip(GOOD)

    assert masked.endswith(" 901")
    assert sum(sign.isdigit() for sign in masked) == 3


def test_invented_numbers_stay_in_their_own_range():
    with pytest.raises(ValueError, match="900"):
        synthetic_nip(BORN, (2010, 1), MALE, 899)


@given(
    born=st.dates(date(1950, 1, 1), date(2005, 12, 31)),
    age=st.integers(17, 59),
    month=st.integers(1, 12),
    sex=st.sampled_from([MALE, FEMALE]),
    sequence=st.integers(900, 999),
    pppk=st.booleans(),
)
def test_an_invented_number_reads_back_as_it_was_made(born, age, month, sex, sequence, pppk):
    nip = read_nip(format_nip(synthetic_nip(born, (born.year + age, month), sex, sequence, pppk)))

    assert (nip.born, nip.sex, nip.sequence, nip.appointed_year) == (born, sex, sequence, born.year + age)
    assert nip.kind == ("pppk" if pppk else "pns")
    assert nip.warnings == ()


@given(st.text(max_size=24))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        assert read_nip(text).digits
    except Refused as refusal:
        assert refusal.sentence.endswith(".")


@pytest.mark.parametrize("text", ["1,98501012010012E+017", "1.98501E+17"])
def test_a_number_that_a_spreadsheet_shortened_says_so(text):
    with pytest.raises(Refused, match="lalu ketik ulang NIP-nya"):
        read_nip(text)
