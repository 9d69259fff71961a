"""A new round of a step begins with what was typed in it the last time."""

import re
from dataclasses import replace

from runut.lib.acts import new_key
from tests.harness.scenes import scene
from tests.sop.play import do
from tests.sop.procedures import open_task, put_in_force, start, step, straight


@scene
def run(office, frozen_time):
    """Staf does, Sekretaris passes on, Camat may send back to either."""
    definition = straight()
    last = step("langkah3", "kepala", None, back="langkah2")
    definition = replace(definition, steps=(*definition.steps[:2], last))
    put_in_force(office, definition)
    return start(office, definition)


def _post(client, task, page, **words):
    return client.post(f"/tugas/{task.pk}/{page}/", {"key": new_key(), "act": "complete", **words})


def _pass_on(office, client_for, run, **more):
    words = {"way": "surat", "note": "Mohon dicermati tanggalnya.", "answer": "Sudah diterima.", **more}
    to = {"to": [office.camat.pk, office.kasubag.pk]}
    return _post(client_for(office.sekretaris), open_task(run, "langkah2"), "koordinasi", **to, **words)


def _ticked(page, name):
    boxes = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    return {re.search(r'value="([^"]*)"', box)[1] for box in boxes if " checked" in box}


def test_what_was_done_stands_in_the_form_again(office, run, client_for):
    _post(client_for(office.staf), open_task(run, "langkah1"), "kerjakan", note="Dua belas baris dicocokkan.")
    do(office, run, "langkah2", office.sekretaris, "return", reason="Belum ada tanggalnya.")

    page = client_for(office.staf).get(f"/tugas/{open_task(run, 'langkah1').pk}/kerjakan/").text

    assert "Dua belas baris dicocokkan.</textarea>" in page


def test_what_was_passed_on_and_to_whom_stands_in_the_form_again(office, run, client_for):
    do(office, run, "langkah1", office.staf)
    first = client_for(office.sekretaris).get(f"/tugas/{open_task(run, 'langkah2').pk}/koordinasi/").text
    _pass_on(office, client_for, run)
    do(office, run, "langkah3", office.camat, "return", reason="Salah orang.")

    page = client_for(office.sekretaris).get(f"/tugas/{open_task(run, 'langkah2').pk}/koordinasi/").text

    assert "Mohon dicermati tanggalnya.</textarea>" in page and "Sudah diterima.</textarea>" in page
    assert _ticked(first, "to") == {str(office.camat.pk)}
    assert _ticked(page, "to") == {str(office.camat.pk), str(office.kasubag.pk)}
    assert _ticked(page, "way") == {"surat"}
