"""What may become public: values in, values out."""

import pytest

from runut.publication.rules import names_in, release_rows
from tests.publication.builders import row


def test_a_units_figure_is_released_as_it_is():
    [released] = release_rows([row("u1")], "unit")

    assert (released["actual"], released["achievement"], released["people"]) == ("72", "90%", 0)


@pytest.mark.requirement("R-INSP-19", "R-INSP-21")
def test_figures_of_people_come_out_as_their_units_average():
    people = [row(f"p{no}", f"{80 + no}.00", target="1.080,5", actual=f"{70 + no},25") for no in range(1, 6)]

    [released] = release_rows(people, "pegawai")

    assert (released["achievement"], released["people"]) == ("83,00%", 5)
    assert (released["actual"], released["target"]) == ("73,25", "1.080,5")
    assert "Pegawai" not in str(released)


def test_an_average_covers_the_same_people_as_the_achievement():
    people = [row(f"p{no}") for no in range(1, 6)] + [row("p6", percent="", actual="0")]

    [released] = release_rows(people, "pegawai")

    assert (released["actual"], released["target"], released["people"]) == ("72", "80", 5)


def test_what_is_no_number_has_no_average():
    people = [row(f"p{no}", actual="B", target="Baik") for no in range(1, 6)]

    [released] = release_rows(people, "pegawai")

    assert (released["actual"], released["target"], released["achievement"]) == ("", "", "90,00%")


def test_a_release_that_said_less_of_people_is_not_corrected_by_saying_more():
    people = [row(f"p{no}") for no in range(1, 6)]
    before = [{**each, "target": "", "actual": ""} for each in release_rows(people, "pegawai")]

    [same] = release_rows(people, "pegawai", before)
    [other] = release_rows([{**each, "percent": "91.00"} for each in people], "pegawai", before)

    assert (same["corrected"], other["corrected"]) == (False, True)


def unit_of(name, numbers, **more):
    return [row(f"p{no}", f"{80 + no}.00", unit=name, **more) for no in numbers]


def test_an_office_of_four_is_suppressed_and_not_counted():
    [released] = release_rows([row(f"p{no}") for no in range(1, 5)], "pegawai")

    assert (released["unit"], released["suppressed"]) == ("Seluruh kantor", True)
    assert (released["achievement"], released["people"]) == ("", 0)


@pytest.mark.requirement("R-INSP-19")
def test_small_units_come_out_together_as_the_whole_office():
    rows = [*unit_of("Irban I", [1, 2]), *unit_of("Irban II", [3, 4]), *unit_of("", [5])]

    [released] = release_rows(rows, "pegawai")

    assert (released["unit"], released["people"], released["suppressed"]) == ("Seluruh kantor", 5, False)
    assert (released["achievement"], released["level"]) == ("83,00%", "low")


def test_a_small_unit_cannot_be_worked_out_from_the_others():
    rows = [*unit_of("Irban I", range(1, 7)), *unit_of("Irban II", range(7, 13)), *unit_of("Sekretariat", [13])]

    released = release_rows(rows, "pegawai")

    assert [(each["unit"], each["people"]) for each in released] == [("Seluruh kantor", 13)]


def test_units_that_are_all_large_enough_stand_alone_without_a_total():
    rows = [*unit_of("Irban I", range(1, 6)), *unit_of("Irban II", range(6, 12))]

    released = release_rows(rows, "pegawai")

    assert [(each["unit"], each["people"]) for each in released] == [("Irban I", 5), ("Irban II", 6)]


def test_each_indicator_is_grouped_by_itself():
    rows = [*unit_of("Irban I", range(1, 6)), *unit_of("Irban II", range(6, 11))]
    rows += [*unit_of("Irban I", range(1, 6), indicator="Temuan"), *unit_of("Irban II", [6], indicator="Temuan")]

    released = release_rows(rows, "pegawai")

    assert [(each["indicator"], each["unit"]) for each in released] == [
        ("IKM", "Irban I"),
        ("IKM", "Irban II"),
        ("Temuan", "Seluruh kantor"),
    ]


def test_the_same_name_in_another_measure_is_another_indicator():
    rows = [*unit_of("Irban I", range(1, 6)), *unit_of("Irban I", range(6, 11), measure="persen")]
    spelled = [{**each, "indicator": " ikm "} for each in unit_of("Irban I", [11])]

    released = release_rows([*rows, *spelled], "pegawai")

    assert [(each["measure"], each["people"]) for each in released] == [("indeks", 6), ("persen", 5)]


def test_who_has_no_percentage_does_not_make_a_group_larger():
    rows = [row(f"p{no}") for no in range(1, 5)] + [row("p5", percent="")]

    [released] = release_rows(rows, "pegawai")

    assert released["suppressed"]


def test_one_person_with_two_figures_is_one_person():
    [released] = release_rows([row("p1") for _no in range(5)], "pegawai")

    assert released["suppressed"]


def test_a_figure_that_differs_from_the_release_before_is_marked():
    before = release_rows([row("u1"), row("u2", unit="Seksi Lain")], "unit")

    after = release_rows([row("u1", actual="60"), row("u2", unit="Seksi Lain")], "unit", before)

    assert [released["corrected"] for released in after] == [True, False]


def test_a_correction_stays_marked_in_later_releases():
    first = release_rows([row("u1")], "unit")
    second = release_rows([row("u1", actual="60")], "unit", first)

    [third] = release_rows([row("u1", actual="60")], "unit", second)

    assert third["corrected"]


def test_a_name_in_what_would_be_public_is_found():
    assert names_in([{"note": "menurut sekar pramesti"}], ["Sekar Pramesti", "Joko"]) == ["Sekar Pramesti"]


def test_a_name_inside_another_word_is_no_name():
    assert names_in([{"indicator": "Wisatawan Sarinah"}, {"unit": "PT Sari-Sari"}], ["Sari", "Wisata"]) == ["Sari"]
    assert names_in([{"indicator": "Wisatawan Sarinah"}], ["Sari", "Wisata", ""]) == []
