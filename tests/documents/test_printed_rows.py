"""The rows of a printed table: each cell as text, with its heading, a dash where there is nothing."""

import pytest

from runut.documents.rules.content import Group, table
from runut.documents.rules.paper import LYING, UPRIGHT, fit, lies
from runut.web.templatetags.paper import printed_rows

COLUMNS = [{"label": "Nama & unit", "kind": "text"}, {"label": "Realisasi", "kind": "number"}]


def test_a_cell_is_text_whatever_stands_in_it():
    assert printed_rows(COLUMNS, [["<b>IKM</b>", "84,75"]]) == (
        '<tr><td data-label="Nama &amp; unit">&lt;b&gt;IKM&lt;/b&gt;</td>'
        '<td data-label="Realisasi" class="n">84,75</td></tr>'
    )


def test_an_empty_cell_has_a_dash():
    assert printed_rows(COLUMNS, [["", ""]]) == (
        '<tr><td data-label="Nama &amp; unit" class="blank">–</td>'
        '<td data-label="Realisasi" class="n blank">–</td></tr>'
    )


def test_without_lines_there_is_nothing():
    assert printed_rows(COLUMNS, []) == ""


def with_cells(*cells):
    columns = [(f"Kolom {no}", "text") for no in range(len(cells))]
    return table("Tabel", columns, [Group(label="", member="", rows=[list(cells)])])


@pytest.mark.parametrize(
    ("cells", "upright", "lying"),
    [
        (["IKM", "84,75"], "usual", "usual"),
        (["Meningkatnya akuntabilitas"] * 7, "small", "usual"),
        (["1.250.000.000,75"] * 8, "broken", "small"),
        (["x" * 90] * 3, "broken", "broken"),
        ([""], "usual", "usual"),
    ],
)
def test_a_table_is_set_so_that_it_fits_its_sheet(cells, upright, lying):
    block = with_cells(*cells)

    assert (fit(block, UPRIGHT), fit(block, LYING)) == (upright, lying)
    assert lies([block]) == (upright == "broken")
