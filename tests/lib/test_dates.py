from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.lib.dates import (
    clock,
    date_time,
    duration_words,
    letter_date,
    local_day,
    long_date,
    period_words,
    quarter_name,
    read_date,
    short_date,
)
from runut.lib.errors import Refused

FRIDAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


def test_dates_are_written_in_words():
    assert long_date(FRIDAY) == "Jumat, 20 November 2026"
    assert long_date(FRIDAY, "en") == "Friday, 20 November 2026"
    assert letter_date(FRIDAY) == "20 November 2026"
    assert short_date(date(2026, 8, 2)) == "2 Agu 2026"
    assert short_date(date(2026, 8, 2), "en") == "2 Aug 2026"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Jakarta", "Jumat, 20 November 2026 pukul 16.05 WIB"),
        ("Asia/Makassar", "Jumat, 20 November 2026 pukul 17.05 WITA"),
        ("Asia/Jayapura", "Jumat, 20 November 2026 pukul 18.05 WIT"),
        ("UTC", "Jumat, 20 November 2026 pukul 09.05 UTC"),
    ],
)
def test_a_moment_is_written_in_the_readers_zone(zone, words):
    assert date_time(AT, zone) == words


def test_the_clock_has_a_dot_in_indonesian_and_a_colon_in_english():
    assert clock(AT, "Asia/Jakarta") == "16.05 WIB"
    assert clock(AT, "Asia/Jakarta", "en") == "16:05 WIB"
    assert date_time(AT, "Asia/Jakarta", "en") == "Friday, 20 November 2026 at 16:05 WIB"


def test_the_day_is_the_one_on_the_wall():
    late = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)

    assert local_day(late, "Asia/Jakarta") == FRIDAY
    assert local_day(late, "Asia/Makassar") == date(2026, 11, 21)


def test_a_moment_without_zone_and_a_date_with_time_are_errors():
    with pytest.raises(ValueError, match="aware"):
        clock(datetime(2026, 11, 20), "Asia/Jakarta")
    with pytest.raises(TypeError):
        long_date(AT)
    with pytest.raises(TypeError):
        short_date(AT)


@pytest.mark.parametrize(
    ("minutes", "indonesian", "english"),
    [
        (340, "5 jam 40 menit", "5 hours 40 minutes"),
        (60, "1 jam", "1 hour"),
        (61, "1 jam 1 menit", "1 hour 1 minute"),
        (0, "0 menit", "0 minutes"),
        (990, "16 jam 30 menit", "16 hours 30 minutes"),
    ],
)
def test_durations_are_hours_and_minutes(minutes, indonesian, english):
    assert duration_words(minutes) == indonesian
    assert duration_words(minutes, "en") == english


def test_a_negative_duration_is_an_error():
    with pytest.raises(ValueError):
        duration_words(-1)


def test_quarters_have_roman_numbers_and_the_offices_word():
    assert quarter_name(2026, 3) == "Triwulan III 2026"
    assert quarter_name(2026, 4, "Tribulan") == "Tribulan IV 2026"
    assert quarter_name(2026, 0) == "Tahun 2026"
    assert quarter_name(2026, 0, lang="en") == "Year 2026"
    with pytest.raises(ValueError):
        quarter_name(2026, 5)


@pytest.mark.parametrize(
    "text",
    [
        "20 Agustus 2026", "20-08-2026", "2026-08-20", "20/8/2026", "20.08.2026", " 20  agustus 2026 ", "20 Agt 2026",
        "20 Agu. 2026", "Kamis, 20 Agustus 2026", "20 August 2026",
    ],
)  # fmt: skip
def test_dates_are_read_with_the_day_first(text):
    assert read_date(text) == date(2026, 8, 20)


def test_a_date_that_could_be_american_is_indonesian():
    assert read_date("3/8/2026") == date(2026, 8, 3)


@pytest.mark.parametrize(
    "text", ["", "20-08-26", "besok", "20 Agusto 2026", "20-08", "20-08/2026", "8/2026", "٢٠-08-2026"]
)
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(Refused, match="misalnya 20 Agustus 2026"):
        read_date(text)


@pytest.mark.parametrize("text", ["31-02-2026", "8/20/2026", "2026-13-01", "31 Juni 2026", "00-01-2026"])
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(Refused, match="tidak ada di kalender"):
        read_date(text)


@given(DAYS, st.sampled_from(["id", "en"]))
def test_what_is_written_reads_back_the_same(day, lang):
    assert read_date(long_date(day, lang)) == day
    assert read_date(short_date(day, lang)) == day
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day}/{day.month}/{day.year}") == day


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text):
    try:
        assert isinstance(read_date(text), date)
    except Refused as refusal:
        assert refusal.sentence


def test_a_period_has_its_name_in_the_word_of_the_office():
    assert period_words(2026, 3, {}) == "Triwulan III 2026"
    assert period_words(2026, 3, {"triwulan": "Tribulan"}) == "Tribulan III 2026"
    assert period_words(2026, 3, {"triwulan": "Tribulan"}, "en") == "Quarter III 2026"
    assert period_words(2026, 0, {"triwulan": "Tribulan"}) == "Tahun 2026"
