"""Two numbers of one value in a real browser: one after the other, over a broken line, pasted, without script."""

from types import SimpleNamespace

import pytest

from tests.cast import build_office
from tests.collection import builders
from tests.collection.test_browser import _sign_in
from tests.harness.accessibility import troubles

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WORDS = "Berkas tepat waktu 45 dibagi Semua berkas 60, dikali 100 = 75."


@pytest.fixture
def form(live_url):
    """A form of a share of files and a plain index."""
    office = build_office()
    a = office.asn[0]
    builders.indicator(
        office, 1, "Berkas selesai tepat waktu", pegawai=a, unit_of_measure="persen",
        numerator="Berkas tepat waktu", denominator="Semua berkas",
    )  # fmt: skip
    builders.indicator(office, 2, "Nilai kepuasan", pegawai=a)
    run = builders.start(office)
    builders.prepare(office, run, [a])
    builders.distribute(office, run)
    sheet = builders.sheet_of(run, a)
    share, index = sheet.lines.order_by("figure__no")
    return SimpleNamespace(office=office, run=run, a=a, sheet=sheet, share=share, index=index)


def opened(page, form):
    _sign_in(page, form.a)
    page.goto(f"/isian/{form.sheet.pk}/")
    return page.locator(f"#v-{form.share.pk}"), page.locator(f"#d-{form.share.pk}")


def kept(form):
    form.share.refresh_from_db()
    return form.share.numerator, form.share.denominator, form.share.amount


def test_both_save_themselves_and_the_page_says_how_the_value_came_about(form, page):
    over, under = opened(page, form)

    over.fill("45")
    over.press("Tab")
    under.press_sequentially("60")

    page.get_by_text(WORDS).wait_for()
    page.get_by_text("93,75%").wait_for()
    assert kept(form) == (45, 60, 75)


def test_what_was_typed_while_the_line_was_broken_arrives_as_a_pair(form, page):
    over, under = opened(page, form)
    page.context.set_offline(True)
    over.fill("45")
    under.fill("60")
    page.get_by_text("Luring — 1 isian tersimpan di perangkat ini").wait_for()

    page.context.set_offline(False)

    page.get_by_text(WORDS).wait_for()
    assert kept(form) == (45, 60, 75)


def test_a_pasted_pair_goes_into_both_and_is_undone_as_one(form, page):
    over, under = opened(page, form)
    over.evaluate(
        """(cell) => {
            const data = new DataTransfer();
            data.setData("text/plain", "45/60\\n84");
            cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    page.get_by_role("button", name="Terapkan 2").click()

    page.get_by_text(WORDS).wait_for()
    assert (over.input_value(), under.input_value(), *kept(form)) == ("45", "60", 45, 60, 75)
    page.locator("[data-undo]").click()
    page.get_by_text("Isi pembilang: Berkas tepat waktu").wait_for()
    assert (over.input_value(), under.input_value(), *kept(form)) == ("", "", None, None, None)


def test_without_script_both_are_sent_with_the_form(form, new_page):
    page = new_page(java_script_enabled=False)
    over, under = opened(page, form)
    over.fill("45")
    under.fill("60")
    page.locator(f"#v-{form.index.pk}").fill("84")
    page.get_by_role("button", name="Periksa & ajukan").click()

    page.get_by_role("button", name="Ajukan", exact=True).click()

    assert kept(form) == (45, 60, 75)
    form.sheet.refresh_from_db()
    assert form.sheet.state == "submitted"


@pytest.mark.parametrize("width", [1366, 360])
def test_the_pages_are_for_everybody_at_both_widths(form, new_page, width):
    page = new_page(viewport={"width": width, "height": 768})
    over, under = opened(page, form)
    over.fill("45")
    under.fill("60")
    page.get_by_text(WORDS).wait_for()

    found = {"grid": troubles(page)}
    page.goto(f"/isian/{form.sheet.pk}/baris/{form.share.pk}/")
    found["line"] = troubles(page)

    assert {path: each for path, each in found.items() if each} == {}
