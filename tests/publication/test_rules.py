"""What may become public: values in, values out."""

import pytest

from runut.publication.rules import names_in, release_rows


def row(member, percent="90.00", **more):
    return {
        "member": member,
        "subject": f"Pegawai {member}",
        "unit": "Seksi Pelayanan",
        "sasaran": "Mutu pelayanan",
        "indicator": "IKM",
        "measure": "indeks",
        "target": "80",
        "actual": "72",
        "achievement": "90%",
        "percent": percent,
        "level": "achieved",
        **more,
    }


def test_a_units_figure_is_released_as_it_is():
    [released] = release_rows([row("u1")], "unit")

    assert (released["actual"], released["achievement"], released["people"]) == ("72", "90%", 0)


@pytest.mark.requirement("R-INSP-19")
def test_figures_of_people_come_out_as_their_units_average():
    [released] = release_rows([row(f"p{no}", f"{80 + no}.00") for no in range(1, 6)], "pegawai")

    assert (released["achievement"], released["people"], released["actual"], released["target"]) == ("83,00%", 5, "", "")
    assert "Pegawai" not in str(released)


def test_a_group_of_four_is_suppressed_and_not_counted():
    [released] = release_rows([row(f"p{no}") for no in range(1, 5)], "pegawai")

    assert (released["suppressed"], released["achievement"], released["people"]) == (True, "", 0)


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
