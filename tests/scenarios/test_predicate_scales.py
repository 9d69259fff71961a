"""An indicator has a scale of predicates of its own: the word it gives is the word wherever the percentage is shown."""

from datetime import date

import pytest

from runut.documents.queries import main_document
from runut.planning.actions import take_up_scale
from runut.planning.forms import RevisionForm
from runut.planning.models import Indicator
from runut.planning.rules import SHIPPED
from tests.collection import builders
from tests.documents.builders import compile_data
from tests.harness.scenes import scene

OWN = {
    "which_scale": "own", "own_name": "Skala SPM", "own_source": "Keputusan 7/2026",
    "own_classes": "Melampaui standar ≥ 105\nSesuai standar mulai 100 %\n\nBelum sesuai",
}  # fmt: skip


def revised(client, indicator, **fields):
    """Change the indicator's definition on its page."""
    last = indicator.versions.latest("no")
    opens = RevisionForm.values_of(last, date(2026, 2, 1))
    sent = {name: value for name, value in opens.items() if value not in (None, False)}
    sent |= {"start": "2026-02-01", "reason": "SPM", "cap": ""} | fields
    return client.post(f"/atur/indikator/{indicator.pk}/ubah/", sent, follow=True)


def words_of(document):
    """What stands under each heading of the document's one table."""
    [table] = [block for block in document.content["blocks"] if block["kind"] == "table"]
    rows = [row for group in table["groups"] for row in group["rows"]]
    return {column["label"]: [row[at] for row in rows] for at, column in enumerate(table["columns"])}


@scene
def quarter(office, frozen_time):
    """Two indicators of one person, both at 105,94 %, of an office that goes by the scale of Permendagri 86/2017."""
    person = office.asn_of(office.kasi[0])[0]
    take_up_scale(office=office.office, scale=SHIPPED[0], start=date(2026, 1, 1), by=office.actor(office.camat))
    builders.give_indicators(office, people=[person])
    return person


def collected(office, person):
    run = builders.start(office)
    builders.prepare(office, run, [person])
    builders.distribute(office, run)
    builders.fill_in(office, run, person, "84,75", "84,75")
    return run


def test_the_word_of_the_indicators_own_scale_stands_wherever_its_percentage_does(office, quarter, client_for):
    first = Indicator.objects.filter(pegawai=quarter).order_by("code")[0]
    admin = client_for(office.admin)
    page = revised(admin, first, **OWN)
    assert "Skala SPM (Keputusan 7/2026)" in page.text and "Sesuai standar: mulai 100 %" in page.text

    run = collected(office, quarter)
    sheet = builders.sheet_of(run, quarter)
    line = sheet.lines.order_by("figure__no")[0]
    kasi = client_for(office.kasi[0])
    shown = {
        "form": client_for(quarter).get(f"/isian/{sheet.pk}/").text,
        "line": client_for(quarter).get(f"/isian/{sheet.pk}/baris/{line.pk}/").text,
        "print": client_for(quarter).get(f"/isian/{sheet.pk}/cetak/").text,
        "review": kasi.get(f"/validasi/{sheet.pk}/").text,
    }
    for name, text in shown.items():
        assert "Melampaui standar" in text, name
    assert "Terhadap target: Tercapai" in shown["form"] and "Predikat:</span> Sangat Tinggi" in shown["form"]
    assert "Sangat Tinggi" in shown["form"] and "Sangat Tinggi" in shown["review"]
    assert "Sangat Tinggi" not in shown["line"]
    assert "105,94 · Melampaui standar" in shown["print"] and "105,94 · Sangat Tinggi" in shown["print"]

    builders.review(office, run, quarter, office.kasi[0])
    assert "Melampaui standar" in client_for(quarter).get(line.figure.get_absolute_url()).text
    compile_data(office, run)
    assert words_of(main_document(run))["Capaian"] == ["105,94%", "105,94%"]
    assert words_of(main_document(run))["Predikat"] == ["Melampaui standar", "Sangat Tinggi"]
    tree = client_for(office.camat).get(f"/rencana/{first.sasaran.plan_id}/pohon/").text
    assert "Tercapai · predikat Melampaui standar" in tree and "Tercapai · predikat Sangat Tinggi" in tree


def test_what_was_measured_before_the_scale_keeps_the_offices_word(office, quarter, client_for):
    run = collected(office, quarter)
    first = Indicator.objects.filter(pegawai=quarter).order_by("code")[0]

    revised(client_for(office.admin), first, **OWN | {"start": "2026-04-01"})

    assert "Melampaui standar" not in client_for(quarter).get(f"/isian/{builders.sheet_of(run, quarter).pk}/").text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"own_name": ""}, "Skala sendiri memerlukan nama dan dasarnya."),
        ({"own_name": "A | B"}, "Tulis tanpa tanda “|”."),
        ({"own_classes": "Baik"}, "Isi dua sampai delapan predikat"),
        ({"own_classes": "Baik ≥ 80\nCukup ≥ 90\nKurang"}, "Batasnya harus lebih rendah"),
        ({"own_classes": "Baik ≥ 80\nKurang ≥ 0"}, "Predikat terendah berlaku untuk semua sisanya"),
        ({"own_classes": "Baik ≥ 8,0.1\nKurang"}, "dua cara"),
        ({"which_scale": ""}, "pilih “Skala sendiri”"),
    ],
)
def test_a_scale_that_cannot_be_read_is_told_at_its_field(office, quarter, client_for, change, sentence):
    first = Indicator.objects.filter(pegawai=quarter).order_by("code")[0]

    page = revised(client_for(office.admin), first, **OWN | change)

    assert page.status_code == 422 and sentence in page.text
    assert first.versions.count() == 1


def test_the_form_opens_with_the_scale_as_it_is(office, quarter, client_for):
    first = Indicator.objects.filter(pegawai=quarter).order_by("code")[0]
    admin = client_for(office.admin)
    revised(admin, first, **OWN)

    opens = admin.get(f"/atur/indikator/{first.pk}/ubah/")

    assert "Sesuai standar ≥ 100" in opens.text and 'value="Skala SPM"' in opens.text
    other = {"which_scale": "tiga_kelas", "own_name": "", "own_source": "", "own_classes": ""}
    again = revised(admin, first, start="2026-05-01", reason="", seen="2", **other)
    assert "tulis alasannya" in again.text and first.versions.latest("no").own_scale.name == "Skala SPM"
    revised(admin, first, start="2026-05-01", seen="2", **other)
    assert first.versions.latest("no").own_scale.name == "Baik, Cukup, Kurang"


def test_an_indicator_without_predicates_has_no_word_anywhere_and_the_others_keep_theirs(office, quarter, client_for):
    first = Indicator.objects.filter(pegawai=quarter).order_by("code")[0]
    admin = client_for(office.admin)
    page = revised(admin, first, which_scale="tanpa")
    assert "Tanpa predikat untuk indikator ini" in page.text
    assert '<option value="tanpa" selected>' in admin.get(f"/atur/indikator/{first.pk}/ubah/").text

    run = collected(office, quarter)
    sheet = builders.sheet_of(run, quarter)
    line = sheet.lines.order_by("figure__no")[0]
    own, kasi = client_for(quarter), client_for(office.kasi[0])
    form, review = own.get(f"/isian/{sheet.pk}/").text, kasi.get(f"/validasi/{sheet.pk}/").text
    printed = own.get(f"/isian/{sheet.pk}/cetak/").text

    assert form.count('class="predikat"') == review.count('class="predikat"') == 1
    assert 'class="predikat"' not in own.get(f"/isian/{sheet.pk}/baris/{line.pk}/").text
    assert printed.count("105,94 ·") == 1 and "105,94 · Sangat Tinggi" in printed
    builders.review(office, run, quarter, office.kasi[0])
    assert 'class="predikat"' not in own.get(line.figure.get_absolute_url()).text
    compile_data(office, run)
    assert words_of(main_document(run))["Predikat"] == ["–", "Sangat Tinggi"]
    tree = client_for(office.camat).get(f"/rencana/{first.sasaran.plan_id}/pohon/").text
    assert tree.count("Tercapai · ") == tree.count("Tercapai · predikat Sangat Tinggi") > 0
