"""What a print bears besides its contents: the office's letterhead, a title, and what does not hold."""

from runut.documents.queries import main_document
from tests.documents.test_pages import text
from tests.documents.test_superseded import renewed


def test_the_head_of_a_print_is_the_offices_own_and_the_papers_title_stands_under_it(office, compiled, client_for):
    document = main_document(compiled.run)
    page = text(client_for(office.camat).get(f"/dokumen/{document.pk}/"))
    kop, title = page.split('class="kop"')[1].split('class="only-print paper-title"')

    assert "lambang" not in kop and "<svg" not in kop
    assert f"<p>{document.title}</p></div>" in title and office.office.name in kop


def test_what_does_not_hold_is_printed_in_indonesian_whoever_prints_it(office, compiled, client_for):
    office.camat.user.language = "en"
    office.camat.user.save(update_fields=["language"])

    page = text(client_for(office.camat).get(f"/dokumen/{renewed(office, compiled.run).pk}/"))

    screen, paper = page.split('<div class="only-print" lang="id">')
    assert "Superseded by version 2" in screen.split('<div class="stack no-print">')[1]
    assert "Digantikan oleh versi 2" in paper.split("<article")[0]
