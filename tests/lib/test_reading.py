"""What officers type, what Excel leaves behind, and what published tables print."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.lib.errors import Refused
from runut.lib.numbers import format_number, format_percent, format_rupiah, round_half_up
from runut.lib.reading import as_indonesian, other_reading, read_number, read_quantity, reads_plainly, sign_of

DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, places=6)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("97,5 %", "97.5"),
        ("97,5%", "97.5"),
        ("97,5", "97.5"),
        ("1.5", "1.5"),
        ("0.08", "0.08"),
        ("0.123", "0.123"),
        ("97.50", "97.50"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("1,234", "1.234"),
        ("893405,300", "893405.300"),
        ("0", "0"),
        ("Rp 1.200", "1200"),
        ("Rp1.200.000,00", "1200000.00"),
        ("Rp. 1.200,-", "1200"),
        ("Rp 1,5 miliar", "1500000000"),
        ("5 juta", "5000000"),
        ("2,5jt", "2500000"),
        ("12 ribu", "12000"),
        ("-71,06", "-71.06"),
        ("−71,06", "-71.06"),
        ("(71,06)", "-71.06"),
        ("+5", "5"),
        ("  12\u00a0", "12"),
        ("\ufeff84,75", "84.75"),
        ("'84,75", "84.75"),
        ("7.0000000000000007E-2", "0.07"),
        ("8,5E-2", "0.085"),
        ("1.5E+3", "1500"),
        ("0.30000000000000004", "0.3"),
        ("99.999999999999986", "100"),
        ("85 persen", "85"),
        ("100 (seratus)", "100"),
        ("100 (seratus) persen", "100"),
        ("Rp 1,2 M", "1200000000"),
        ("Rp1,2 T", "1200000000000"),
        ("Rp -1.200", "-1200"),
        ("Rp(1.200)", "-1200"),
        ("８５，５", "85.5"),
        ("8\u00ad5", "85"),
    ],
)
def test_what_officers_write_is_read(text, value):
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234.56", "1234.56"), ("1.234", "1.234"), ("1,234", "1234"), ("94.5", "94.5"), ("94,5", "94.5"), ("80", "80")],
)
def test_who_writes_a_decimal_dot_is_read_as_such(text, value):
    assert read_number(text, "dot") == Decimal(value)


@pytest.mark.parametrize("text", ["", "  ", "-", "–", "—", "--", "---", "...", "…", "Rp -", "Rp–"])
def test_nothing_filled_in_is_none_and_not_zero(text):
    assert read_number(text) is None
    assert read_quantity(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "WTP", "Level 3 Plus", "<22", "80-60", "15/1000", "Rp", "%", "5,", ",5", "1 234", "1,-", "Rp 5 %", "٣", "½",
        "--1", "1.000*", "5 %%", "1e400", "(5", "5)", "1/2/3", "0x1F",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_an_example(text):
    with pytest.raises(Refused) as refusal:
        read_number(text)

    assert (refusal.value.sentence, refusal.value.code) == ("Isi dengan angka, misalnya 94,5.", "number")


@pytest.mark.parametrize(
    "text", ["1,234.56", "1,234,567", "1234.567", "12.34.56", "89,3405,300", "1.23,5", "0.000.000", "1.2345.678", "5."]
)
def test_what_may_mean_two_things_is_asked(text):
    with pytest.raises(Refused) as refusal:
        read_number(text)

    assert text in refusal.value.sentence
    assert refusal.value.sentence.endswith("?")
    assert refusal.value.code == "ambiguous"


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("15.482 UMKM", "15.482", "UMKM"), ("1 Kebijakan", "1", "Kebijakan"), ("94,5x", "94,5", "x")],
)
def test_a_unit_in_a_number_cell_is_named_in_the_refusal(text, number, unit):
    with pytest.raises(Refused) as refusal:
        read_number(text)

    assert refusal.value.sentence == f"Isi angkanya saja: {number}. Satuan “{unit}” tidak perlu ditulis."


@pytest.mark.parametrize(
    "text",
    [
        "#DIV/0!",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#NUM!",
        "#N/A",
        "#####",
        "#div/0!",
        "#DIV/0",
        "#BUSY!",
        "#NILAI!",
        "#GETTING_DATA",
        "Err:502",
    ],
)
def test_what_excel_leaves_instead_of_a_number_is_named(text):
    with pytest.raises(Refused, match="Excel") as refusal:
        read_number(text)

    assert refusal.value.code == "excel_error"


@pytest.mark.parametrize("text", ["NaN", "nan", "Infinity", "-inf", "INF"])
def test_what_a_program_leaves_instead_of_a_number_is_named(text):
    with pytest.raises(Refused, match=f"“{text}” tanda bahwa hitungannya gagal") as refusal:
        read_number(text)

    assert refusal.value.code == "excel_error"


@pytest.mark.parametrize(
    "text",
    [
        "n/a",
        "N/A",
        "NA",
        "None",
        "NULL",
        "<NA>",
        "NaT",
        "tidak tersedia",
        "belum ada data",
        "TAD",
        "Belum rilis",
        "kosong",
        "Belum diisi",
        "Belum disi",
        "nihil",
        "tidak diukur",
    ],
)
def test_words_for_no_number_lead_to_the_state(text):
    with pytest.raises(Refused, match="tidak diukur") as refusal:
        read_number(text)

    assert refusal.value.code == "no_value"


def test_a_number_of_absurd_length_is_refused():
    with pytest.raises(Refused, match="terlalu panjang"):
        read_number("9" * 25)


@pytest.mark.parametrize(
    ("text", "low", "high", "bound", "echo"),
    [
        ("70,38-70,76", "70.38", "70.76", "", "70,38–70,76"),
        ("9,74-9,59", "9.59", "9.74", "", "9,59–9,74"),
        ("80-60", "60", "80", "", "60–80"),
        ("80 s/d 90", "80", "90", "", "80–90"),
        ("80 s.d. 90", "80", "90", "", "80–90"),
        ("5 sampai dengan 7 hari", "5", "7", "", "5–7 hari"),
        ("90%-95%", "90", "95", "", "90–95%"),
        ("<22", "22", "22", "<", "< 22"),
        ("≤5 menit", "5", "5", "≤", "≤ 5 menit"),
        ("<= 5", "5", "5", "≤", "≤ 5"),
        ("> 80", "80", "80", ">", "> 80"),
        ("maksimal 5", "5", "5", "≤", "≤ 5"),
        ("min. 80", "80", "80", "≥", "≥ 80"),
        ("<49/100.000 penduduk", "49", "49", "<", "< 49 per 100.000 penduduk"),
        ("15/1000", "15", "15", "", "15 per 1.000"),
        ("49 per 100.000 penduduk", "49", "49", "", "49 per 100.000 penduduk"),
        ("102 kasus/100,000 kelahiran", "102", "102", "", "102 per 100.000 kelahiran"),
        ("5-10/1.000 KH", "5", "10", "", "5–10 per 1.000 KH"),
        ("0,5 ‰", "0.5", "0.5", "", "0,5 per 1.000"),
        ("3±1%", "2", "4", "", "2–4%"),
        ("2,5 +/- 1", "1.5", "3.5", "", "1,5–3,5"),
        ("80 hingga 90", "80", "90", "", "80–90"),
        ("antara 80 dan 90 persen", "80", "90", "", "80–90%"),
        ("kurang dari 5 kasus", "5", "5", "<", "< 5 kasus"),
        ("lebih dari 80%", "80", "80", ">", "> 80%"),
        ("Paling lambat 5 hari", "5", "5", "≤", "≤ 5 hari"),
        ("tidak lebih dari 3", "3", "3", "≤", "≤ 3"),
        ("sekurang-kurangnya 80", "80", "80", "≥", "≥ 80"),
        ("minimum 80", "80", "80", "≥", "≥ 80"),
        ("1 (satu) dokumen", "1", "1", "", "1 dokumen"),
        ("45 µg/m3", "45", "45", "", "45 µg/m3"),
        ("12,5 m2", "12.5", "12.5", "", "12,5 m2"),
        ("≤ Rp 1,5 M", "1500000000", "1500000000", "≤", "≤ 1.500.000.000"),
        ("15.482 UMKM", "15482", "15482", "", "15.482 UMKM"),
        ("37,4 % (Perkotaan)", "37.4", "37.4", "", "37,4% (Perkotaan)"),
        ("1 Kebijakan", "1", "1", "", "1 Kebijakan"),
        ("8%", "8", "8", "", "8%"),
    ],
)
def test_a_target_may_be_a_range_a_bound_or_have_a_unit(text, low, high, bound, echo):
    found = read_quantity(text)

    assert (found.low, found.high, found.bound) == (Decimal(low), Decimal(high), bound)
    assert found.echo == echo
    assert replace(read_quantity(echo), places=found.places) == found


@pytest.mark.parametrize("text", ["5/0", "1/2/3", "12/05/2026", "2 jam/100 orang", "per 100", "5/1.00"])
def test_what_is_no_part_of_a_whole_is_refused(text):
    with pytest.raises(Refused, match="Isi dengan angka"):
        read_quantity(text)


def test_a_whole_is_the_same_in_either_writing():
    assert read_quantity("<49/100.000 penduduk", "dot") == read_quantity("<49/100,000 penduduk")


@pytest.mark.parametrize(
    ("text", "places"), [("94", 0), ("94,5", 1), ("94,50", 2), ("1.234,560", 3), ("8%", 0), ("7.50%", 2)]
)
def test_it_is_known_with_how_many_decimals_a_number_was_written(text, places):
    assert read_quantity(text).places == places


@given(DECIMALS)
def test_what_is_written_reads_back_the_same(value):
    assert read_number(format_number(value)) == value
    assert read_number(format_percent(value)) == round_half_up(value, 2)
    assert read_number(format_rupiah(value)) == round_half_up(value, 2)


@given(DECIMALS)
def test_what_was_understood_reads_back_the_same(value):
    assert read_quantity(read_quantity(format_number(value)).echo).low == value


@given(
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12).map(lambda value: round(value, 4))
)
def test_a_float_as_excel_stores_it_is_read_as_the_number_that_was_meant(value):
    assert read_number(repr(value), "dot") == Decimal(f"{Decimal(repr(value)):f}")


@given(st.text(max_size=12) | st.text("0123456789.,-–%Rp <≤/()eE ", max_size=14), st.sampled_from(["comma", "dot"]))
def test_any_text_is_read_or_refused(text, sign):
    for read in (read_number, read_quantity):
        try:
            found = read(text, sign)
        except Refused as refusal:
            assert refusal.sentence
        else:
            assert found is None or (found if read is read_number else found.low).is_finite()
            if read is read_quantity and found is not None:
                again = read_quantity(found.echo)
                assert (again.low, again.high, again.bound) == (found.low, found.high, found.bound)


@pytest.mark.parametrize("text", ["85", "84,75", "84,50", "1234", "1234567,5", "0", "-3", "0,123", " 85 ", "12345,678"])
def test_what_only_has_one_reading_is_not_read_back(text):
    assert reads_plainly(text, read_number(text))


@pytest.mark.parametrize(
    "text",
    ["1.5", "84.75", "1.234", "1,234", "1.234,5", "97,5 %", "97,5%", "Rp 1.200", "(5)", "+5", "1.234.567", "8,5E-2"],
)
def test_what_has_two_readings_or_is_changed_by_reading_is_read_back(text):
    assert not reads_plainly(text, read_number(text))


@given(DECIMALS)
def test_what_is_read_plainly_has_no_other_reading(value):
    text = format_number(value).replace("−", "-")

    if reads_plainly(text, value):
        try:
            assert read_number(text, "dot") == value
        except Refused:
            return


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.56", "1234.56"), ("1,234,567", "1234567"), ("Rp 1,200.50", "1200.5"), ("1234.567", None),
        ("84,75", None), ("1.23,5", None), ("89,3405,300", None), ("WTP", None), ("", None),
    ],
)  # fmt: skip
def test_what_is_asked_about_has_its_other_reading(text, number):
    assert other_reading(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["84,75", "90"], "comma"),
        (["84.75", "1,234.56", "90,5"], "dot"),
        (["70,38-70,76"], "comma"),
        (["70.38-70.76"], "dot"),
        (["1.234", "2.345"], "comma"),
        (["1,234,567"], "dot"),
        (["12.05.2026", "84.75"], "dot"),
        (["<49/100.000 penduduk", "15/1000"], "comma"),
        (["84,75", "84.75"], "comma"),
        ([], "comma"),
    ],
)
def test_a_column_tells_its_decimal_sign(texts, sign):
    assert sign_of(texts) == sign


@given(DECIMALS)
def test_a_text_with_a_decimal_dot_means_the_same_in_indonesian_writing(value):
    english = format_number(value).translate(str.maketrans(",.", ".,"))

    assert read_number(as_indonesian(english, "dot")) == value
    assert as_indonesian(english, "comma") == english
