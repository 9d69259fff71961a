"""A recap in the columns of the form that the office composed; what was signed stays as it was."""

import re

import pytest

from runut.collection.rules import Column
from runut.documents.models import Document
from runut.documents.queries import current_content, gathered_content, main_document
from runut.documents.rules.content import hash_of
from tests.collection import builders as forms
from tests.collection.test_editions import compose
from tests.documents import builders
from tests.harness.scenes import scene
from tests.sop.play import install, open_task

OFFICIAL = [
    "No", "Sasaran", "Indikator kinerja", "Satuan", "Target tahunan", "Target", "Realisasi", "Capaian", "Keterangan",
]  # fmt: skip
# Other words and another order; without the sasaran, with what only the form itself needs.
OWN = (
    Column("no"), Column("indicator", "Uraian indikator"), Column("target", "Target kami"), Column("annual_target"),
    Column("evidence", "Lampiran"), Column("last", "Sebelumnya"), Column("note"), Column("actual", "Realisasi nyata"),
)  # fmt: skip
OF_RECAP = [
    "No", "Uraian indikator", "Satuan", "Target kami", "Target tahunan", "Keterangan", "Realisasi nyata", "Capaian",
]  # fmt: skip


@scene
def composed(office, frozen_time):
    """A quarter of two units under a form of the office's own, filled in and verified: gathering is next."""
    install(office, "pengumpulan-unit")
    units = office.units[2:4]
    forms.give_indicators(office, units=units)
    compose(office, OWN, waiver="Capaian dicetak pada rekap.")
    run = forms.start_again(office, "pengumpulan-unit")
    forms.prepare(office, run, units, everybody=office.units)
    forms.distribute(office, run)
    for unit, head in zip(units, office.kasi[:2], strict=True):
        forms.fill_in(office, run, unit, who=head)
        forms.review(office, run, unit, office.sekretaris)
    return run


def table_of(content):
    [table] = [block for block in content["blocks"] if block["kind"] == "table"]
    return [column["label"] for column in table["columns"]], table["groups"]


def heads(page):
    table = page.partition("<caption>Data kinerja</caption>")[2].partition("</thead>")[0]
    return re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table)


def test_whoever_gathers_sees_the_headings_that_the_form_has_and_so_does_the_document(office, composed, client_for):
    page = client_for(office.staf).get(f"/tugas/{open_task(composed, 'himpun').pk}/himpun/")
    builders.compile_data(office, composed)
    document = main_document(composed)
    paper = client_for(office.camat).get(document.get_absolute_url())

    assert (page.status_code, paper.status_code) == (200, 200)
    assert heads(page.text) == heads(paper.text) == OF_RECAP
    first = table_of(document.content)[1][0]["rows"][0]
    assert first == ["1", "Nilai kepuasan masyarakat (IKM)", "indeks", "80", "85", "", "84,75", "105,94%"]


def test_an_office_with_the_official_form_has_the_recap_it_always_had(office, frozen_time):
    run = builders.of_units(office, office.units[2:4])

    labels, groups = table_of(gathered_content(run))

    assert labels == OFFICIAL
    assert groups[0]["rows"][0] == [
        "1", "Meningkatnya mutu pelayanan", "Nilai kepuasan masyarakat (IKM)", "indeks", "85", "80", "84,75",
        "105,94%", "",
    ]  # fmt: skip


@pytest.mark.requirement("R-INSP-6")
def test_so_has_one_that_collects_by_person(office, pair):
    labels, groups = table_of(gathered_content(pair.run))

    assert labels == ["No", "Indikator kinerja", "Satuan", "Target", "Realisasi", "Capaian", "Keterangan"]
    assert groups[0]["rows"][0] == ["1", "Nilai kepuasan masyarakat (IKM)", "indeks", "80", "84,75", "105,94%", ""]


def test_a_form_composed_meanwhile_changes_no_recap_that_is_under_way(office, composed):
    builders.compile_data(office, composed)
    before = main_document(composed)

    compose(office, [Column("indicator", "Lain"), Column("actual"), Column("note")], waiver="Ringkas", reason="Ringkas")

    assert hash_of(current_content(composed)) == before.data_hash


def test_a_signed_recap_keeps_its_columns_and_its_hash_whatever_is_composed_later(office, composed, client_for):
    builders.compile_data(office, composed)
    builders.initial(office, composed)
    builders.sign(office, composed)
    signed = main_document(composed)
    before = client_for(office.camat).get(signed.get_absolute_url()).text

    compose(office, [Column("indicator", "Lain"), Column("actual"), Column("note")], waiver="Ringkas", reason="Ringkas")
    after = client_for(office.camat).get(signed.get_absolute_url()).text

    again = Document.objects.get(pk=signed.pk)
    assert again.state == "signed" and again.data_hash == hash_of(again.content)
    assert heads(after) == heads(before) == OF_RECAP


def test_the_evidence_and_the_period_before_are_left_to_the_form(office, composed):
    """They change after the signature, and with them would change what was signed."""
    labels, _groups = table_of(gathered_content(composed))

    assert not {"Lampiran", "Sebelumnya"} & set(labels)
