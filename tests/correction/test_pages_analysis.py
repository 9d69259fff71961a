"""The page on which figures are examined, and where one reads what was written there."""

import re

import pytest

from runut.correction import actions
from tests.correction import builders
from tests.correction.test_analysis import examine
from tests.correction.test_pages import text_of
from tests.sop.play import open_task


@pytest.fixture
def camat(office, client_for):
    return client_for(office.camat)


def test_what_was_written_is_read_afterwards(office, kintom, camat, client_for):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    task = open_task(case.run, "teliti")
    note = actions.Note("Naik tajam", "Periksa rekap", flagged=True, what="bukti tidak cocok")
    examine(office, case.run, {kintom.fa: note})

    for address in (f"/tugas/{task.pk}/", case.get_absolute_url(), kintom.fa.get_absolute_url()):
        page = text_of(camat.get(address))
        assert ("Naik tajam" in page, "Tindak lanjut: Periksa rekap" in page) == (True, True), address
    other = client_for(kintom.b).get(f"/tugas/{task.pk}/")
    assert "Naik tajam" not in text_of(other)


def folds_of(page):
    """Figure id -> whether its fields stand open, in the order of the page."""
    folds = text_of(page).split('<details class="panel examined"')[1:]
    return {int(re.search(r'name="text-(\d+)"', fold).group(1)): fold.startswith(" open") for fold in folds}


def test_what_asks_for_a_look_is_open_and_the_rest_is_folded(office, kintom, camat):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    url = f"/tugas/{open_task(case.run, 'teliti').pk}/analisis/"
    first = folds_of(camat.get(url))
    quiet = [pk for pk, is_open in first.items() if not is_open]
    assert (next(iter(first.items())), len(quiet) > 1) == ((kintom.fa.pk, True), True)

    camat.post(url, {"shown": [quiet[0]], f"text-{quiet[0]}": "Wajar", "act": "save"})

    page = camat.get(url)
    assert [pk for pk, is_open in folds_of(page).items() if not is_open] == quiet
    [fold] = [fold for fold in text_of(page).split("<details")[1:] if f'name="text-{quiet[0]}"' in fold]
    assert "Sudah ditulis" in fold.split("</summary>")[0]


def test_all_that_ask_for_a_look_are_open_and_one_that_is_written_is_folded(office, kintom, camat):
    wrong = {kintom.fa: "bukti tidak cocok", kintom.fb: "tertukar"}
    case = builders.open_case(office, kintom.run, wrong, code="kintom")
    url = f"/tugas/{open_task(case.run, 'teliti').pk}/analisis/"
    first, second, *_rest = folds_of(camat.get(url))
    assert {first, second} == {kintom.fa.pk, kintom.fb.pk}
    assert [pk for pk, is_open in folds_of(camat.get(url)).items() if is_open][:2] == [first, second]

    marked = {f"wrong-{first}": "on", f"what-{first}": "bukti tidak cocok"}
    camat.post(url, {"shown": [first], f"text-{first}": "Sesuai bukti", **marked, "act": "save"})

    assert next(pk for pk, is_open in folds_of(camat.get(url)).items() if is_open) == second


def test_a_search_on_the_analysis_keeps_what_was_written(office, kintom, camat, client_for):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    url = f"/tugas/{open_task(case.run, 'teliti').pk}/analisis/"
    sent = {"shown": [kintom.fb.pk], f"text-{kintom.fb.pk}": "Naik tajam", "q": kintom.a.full_name, "act": "search"}

    found = camat.post(url, sent, follow=True)
    assert set(folds_of(found)) == {row.examined.row.figure.pk for row in found.context["rows"]}
    assert {row.examined.subject for row in found.context["rows"]} == {kintom.a.full_name}
    assert "Naik tajam" in text_of(camat.get(url))
    assert "Tidak ada angka yang cocok" in text_of(camat.get(f"{url}?q=entah"))


def test_what_is_typed_into_the_analysis_saves_by_itself(office, kintom, camat):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    url = f"/tugas/{open_task(case.run, 'teliti').pk}/analisis/"
    page = text_of(camat.get(url))
    assert "data-keep" in page and "js/keep" in page and "data-kept" in page

    sent = {"shown": [kintom.fb.pk], f"text-{kintom.fb.pk}": "Naik tajam", "act": "save"}
    answer = camat.post(url, sent, headers={"accept": "application/json"})

    assert answer.json()["words"].startswith("Analisis tersimpan pukul")
    assert "Naik tajam" in text_of(camat.get(url))


def test_a_mark_without_its_words_keeps_nothing_else_from_saving_by_itself(office, kintom, camat):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    url = f"/tugas/{open_task(case.run, 'teliti').pk}/analisis/"
    pk = kintom.fb.pk

    sent = {"shown": [pk], f"text-{pk}": "Naik tajam", f"wrong-{pk}": "on", "act": "save"}
    answer = camat.post(url, sent, headers={"accept": "application/json"})

    assert "Tanda keliru ikut tersimpan setelah ditulis apa yang keliru." in answer.json()["words"]
    assert "Naik tajam" in text_of(camat.get(url))


def test_who_only_reads_the_analysis_has_nothing_that_saves(office, kintom, client_for):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")

    page = text_of(client_for(office.sekretaris).get(f"/tugas/{open_task(case.run, 'teliti').pk}/analisis/"))

    assert "data-keep" not in page and "js/keep" not in page
