"""A share that is collected quarter by quarter: the year puts its files together, in the form and in the report."""

from types import SimpleNamespace

from runut.documents.queries import main_document
from runut.planning.models import Indicator
from tests.collection import builders as forms
from tests.documents import builders
from tests.harness.scenes import scene
from tests.sop.play import do

NAME = "Berkas selesai tepat waktu"


@scene
def year(office, frozen_time):
    """A unit with one share of files, Kemlagi's procedure, and nothing collected yet."""
    unit = office.units[2]
    forms.indicator(
        office, 1, NAME, unit=unit, unit_of_measure="persen", aggregation="average", numerator="Tepat waktu",
        denominator="Semua berkas",
    )  # fmt: skip
    forms.start(office, "kemlagi", by=office.camat)
    return SimpleNamespace(unit=unit, kasi=office.kasi[0])


def collect(office, client, year, quarter, over, under):
    """A quarter of Kemlagi's procedure, filled in on its page and gathered. Without components: as an old figure is."""
    run = forms.start_again(office, "kemlagi", by=office.camat)
    do(office, run, "perintah", office.camat)
    forms.prepare(office, run, [year.unit], everybody=office.units, quarter=quarter)
    forms.distribute(office, run, "sampaikan", office.sekretaris)
    sheet = forms.sheet_of(run, year.unit)
    line = sheet.lines.get()
    client.post(f"/isian/{sheet.pk}/", {f"v-{line.pk}": over, f"d-{line.pk}": under, f"rev-{line.pk}": line.rev})
    forms.submit(office, run, year.unit, year.kasi)
    builders.compile_data(office, run)
    return run


def report(office, run, client):
    do(office, run, "analisis", office.kasubag)
    builders.draft(office, run)
    blocks = main_document(run).content["blocks"]
    [table] = [block for block in blocks if block["kind"] == "table"]
    page = client.get(f"/dokumen/{main_document(run).pk}/")
    return table["groups"][0]["rows"][0], [block.get("text", "") for block in blocks], page.text


def test_the_years_form_opens_with_the_files_of_its_quarters_together(office, year, client_for):
    client = client_for(year.kasi)
    collect(office, client, year, 1, "1", "2")
    collect(office, client, year, 2, "98", "98")
    run = forms.start_again(office, "kemlagi", by=office.camat)
    do(office, run, "perintah", office.camat)

    forms.prepare(office, run, [year.unit], everybody=office.units, quarter=0)
    forms.distribute(office, run, "sampaikan", office.sekretaris)

    sheet = forms.sheet_of(run, year.unit)
    line = sheet.lines.get()
    assert (line.numerator, line.denominator, line.amount) == (99, 100, 99)
    page = client.get(f"/isian/{sheet.pk}/").text
    assert "Dihitung dari pembilang dan penyebut TW I, TW II." in page
    assert 'value="99"' in page and 'value="100"' in page


def test_the_report_tells_how_the_year_came_about(office, year, client_for):
    client = client_for(year.kasi)
    collect(office, client, year, 1, "1", "2")
    run = collect(office, client, year, 2, "98", "98")

    row, texts, page = report(office, run, client)

    told = "TW I, TW II: Tepat waktu (1 + 98 = 99) dibagi Semua berkas (2 + 98 = 100), dikali 100 = 99."
    sentence = f"“{NAME}”: {told}"
    # The first quarter was never signed; the second is signed with this document.
    assert row[-4:] == ["50 *", "100", "99 (tanpa TW III, TW IV)", "116,47%"]
    assert sentence in texts and sentence in page
    assert any(text.startswith("* Belum ditandatangani") for text in texts)


def test_a_quarter_without_components_is_named_and_the_year_stays_empty(office, year, client_for):
    client = client_for(year.kasi)
    versions = Indicator.objects.get().versions
    versions.update(numerator="", denominator="")
    collect(office, client, year, 1, "50", "")
    versions.update(numerator="Tepat waktu", denominator="Semua berkas")
    run = collect(office, client, year, 2, "98", "98")

    row, texts, page = report(office, run, client)

    reason = "TW I belum punya pembilang dan penyebut, jadi nilai setahun tidak dihitung."
    assert row[-2:] == ["–", "Tidak dapat dihitung"]
    assert f"“{NAME}”: {reason}" in texts and reason in page
    again = forms.start_again(office, "kemlagi", by=office.camat)
    do(office, again, "perintah", office.camat)
    forms.prepare(office, again, [year.unit], everybody=office.units, quarter=0)
    line = forms.sheet_of(again, year.unit).lines.get()
    assert (line.amount, line.measure, line.note) == (None, "not_filled", reason)
