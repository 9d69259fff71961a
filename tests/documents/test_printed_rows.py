"""The rows of a printed table: each cell as text, with its heading, a dash where there is nothing."""

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
