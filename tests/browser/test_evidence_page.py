"""Attaching evidence in a browser: one press says one thing, and what the press before said is gone."""

import pytest
from playwright.sync_api import expect

from runut.collection.models import Evidence
from tests.browser.officer import Officer
from tests.cast import build_office
from tests.collection import builders
from tests.harness.accessibility import troubles

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

RED = "rgb(179, 38, 30)"
ATTACHED = "Bukti sudah dilampirkan."
EMPTY = "Pilih berkas bukti, atau tulis tautannya."
WRONG = {"name": "bukti.pdf", "mimeType": "application/pdf", "buffer": b"bukan PDF"}


@pytest.fixture
def line(live_url, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    office = build_office()
    unit, other = office.units[2:4]
    run = builders.collection_of_units(office, [unit, other], how_many=1)
    line = builders.sheet_of(run, unit).lines.get()
    line.filler = office.kasi[0]
    return line


def _pdf(name="rekap.pdf"):
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n" + b"1 0 obj\n" * 40}


def _attach(page, file=None):
    if file:
        page.get_by_label("Berkas bukti").set_input_files(file)
    page.get_by_role("button", name="Lampirkan bukti").click()


def _refused(page, words):
    """The refusal stands in red in the file's own field, and nothing else is said."""
    field = page.locator("#bukti .field.has-error")
    expect(field).to_have_count(1)
    expect(field.get_by_label("Berkas bukti")).to_have_count(1)
    expect(field.locator(".field-error")).to_contain_text(words)
    expect(field.locator(".field-error")).to_have_css("color", RED)
    expect(field.get_by_label("Berkas bukti")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text(ATTACHED)).to_have_count(0)


def _attached(page, name):
    expect(page.locator(".messages .notice.good")).to_contain_text(ATTACHED)
    expect(page.locator("#bukti").get_by_role("link", name=name)).to_be_visible()
    expect(page.locator("#bukti .field-error")).to_have_count(0)
    expect(page.locator("#bukti .error-summary")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_each_press_says_what_became_of_it_and_nothing_older(line, new_page, live_url, script):
    page = new_page(java_script_enabled=script)
    filler = Officer(line.filler, page).enter(live_url)
    filler.go(f"/isian/{line.sheet_id}/baris/{line.pk}/")

    _attach(page)
    _refused(page, EMPTY)
    _attach(page, _pdf())
    _attached(page, "rekap.pdf")
    _attach(page, WRONG)
    _refused(page, "Isi berkas “bukti.pdf”")
    assert script is False or troubles(page) == []
    _attach(page)
    _refused(page, EMPTY)
    _attach(page, _pdf("rekap-lagi.pdf") | {"buffer": b"%PDF-1.7\n2 0 obj\n"})
    _attached(page, "rekap-lagi.pdf")

    assert list(Evidence.objects.order_by("pk").values_list("name", flat=True)) == ["rekap.pdf", "rekap-lagi.pdf"]


@pytest.mark.parametrize("script", [True, False])
def test_a_file_and_a_link_of_one_press_are_both_attached(line, new_page, live_url, script):
    page = new_page(java_script_enabled=script)
    filler = Officer(line.filler, page).enter(live_url)
    filler.go(f"/isian/{line.sheet_id}/baris/{line.pk}/")

    page.get_by_label("Atau tautan").fill("https://contoh.go.id/rekap")
    _attach(page, _pdf())

    _attached(page, "rekap.pdf")
    expect(page.locator("#bukti").get_by_role("link", name="contoh.go.id")).to_be_visible()
    expect(page.get_by_label("Atau tautan")).to_have_value("")
    assert Evidence.objects.filter(line=line).count() == 2


def test_a_refused_file_leaves_the_link_where_it_was_written(line, new_page, live_url):
    page = new_page()
    filler = Officer(line.filler, page).enter(live_url)
    filler.go(f"/isian/{line.sheet_id}/baris/{line.pk}/")

    page.get_by_label("Atau tautan").fill("https://contoh.go.id/rekap")
    _attach(page, WRONG)

    _refused(page, "Isi berkas “bukti.pdf”")
    expect(page.get_by_label("Atau tautan")).to_have_value("https://contoh.go.id/rekap")
    assert not Evidence.objects.filter(line=line).exists()


def test_loading_the_page_anew_sends_nothing_again(line, page, live_url):
    filler = Officer(line.filler, page).enter(live_url)
    filler.go(f"/isian/{line.sheet_id}/baris/{line.pk}/")
    _attach(page)
    _refused(page, EMPTY)
    _attach(page, _pdf())
    _attached(page, "rekap.pdf")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)

    page.reload()
    expect(page.get_by_text(ATTACHED)).to_have_count(0)
    _attach(page, WRONG)
    _refused(page, "Isi berkas “bukti.pdf”")
    presses = len(sent)
    page.reload()

    expect(page.locator("#bukti .has-error")).to_have_count(0)
    assert (presses, len(sent), Evidence.objects.count()) == (1, 1, 1)
