"""What the checklist before publishing says of the acts by which the figures were judged."""

import pytest

from runut.documents.queries import main_document
from tests.collection import builders as forms
from tests.documents import builders as papers
from tests.publication.test_pages import text, url_of
from tests.sop.play import LIBRARY


def _only_verified():
    return (LIBRARY / "inspektorat.yaml").read_text(encoding="utf-8").replace("act: validasi", "act: verifikasi")


@pytest.mark.parametrize(
    ("procedure", "words"),
    [
        (_only_verified, "Semua angka sudah diverifikasi"),
        (forms.with_verification, "Semua angka sudah divalidasi dan diverifikasi"),
    ],
)
def test_the_checklist_names_the_acts_that_the_procedure_has(office, frozen_time, client_for, procedure, words):
    person = office.asn_of(office.kasi[0])[0]
    run = forms.collection_by(office, procedure(), [person])
    forms.fill_in(office, run, person)
    forms.review(office, run, person, office.kasi[0])
    if procedure is forms.with_verification:
        forms.review(office, run, person, office.camat, step="cocokkan")
    papers.compile_data(office, run)
    papers.sign(office, run)

    page = text(client_for(office.camat).get(url_of(office, run)))

    assert f"<span>{words}</span>" in page


def test_the_recap_names_each_act_with_its_person_and_time(office, frozen_time, client_for):
    person, kasi = office.asn_of(office.kasi[0])[0], office.kasi[0]
    run = forms.collection_by(office, forms.with_verification(), [person])
    forms.fill_in(office, run, person)
    forms.review(office, run, person, kasi)
    forms.review(office, run, person, office.camat, step="cocokkan")
    papers.compile_data(office, run)

    page = " ".join(text(client_for(office.camat).get(f"/dokumen/{main_document(run).pk}/")).split())

    superior, head = office.jabatan["kasi1"].name, office.jabatan["camat"].name
    assert f"diparaf {superior}, 3 Feb 2026" in page
    assert f"divalidasi {superior}, 3 Feb 2026" in page and f"diverifikasi {head}, 3 Feb 2026" in page
