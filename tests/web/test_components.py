"""Parts of pages, rendered one by one."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import timezone

from runut.lib.nip import synthetic_nip
from runut.sop.rules.definition import Norm, Outcome

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ONWARD = Outcome("complete", "s5", "Paraf form")
BACK = Outcome("return", "s3", "Kembalikan", back=True)


def part(name, **values):
    return render_to_string(f"components/{name}.html", values)


def filtered(expression, **values):
    return Template("{% load runut %}{{ " + expression + " }}").render(Context(values))


class SampleForm(forms.Form):
    name = forms.CharField(label="Nama", help_text="Tanpa gelar.")
    kind = forms.ChoiceField(label="Jenis", choices=[("a", "Definitif"), ("b", "Plt")], widget=forms.RadioSelect)


@pytest.mark.parametrize(
    ("expression", "value", "shown"),
    [
        ("v|angka", Decimal("1234.5"), "1.234,5"),
        ("v|angka:2", Decimal("84"), "84,00"),
        ("v|angka", None, "–"),
        ("v|angka", 0, "0"),
        ("v|angka", Decimal("-5.7"), "−5,7"),
        ("v|beda", Decimal("-5.7"), "−5,7"),
        ("v|beda", Decimal("5.7"), "+5,7"),
        ("v|beda", None, "–"),
        ("v|persen", Decimal("97.5"), "97,50%"),
        ("v|tanggal", date(2026, 11, 20), "Jumat, 20 November 2026"),
        ("v|tanggal", AT, "Jumat, 20 November 2026"),
        ("v|tanggal_pendek", date(2026, 11, 20), "20 Nov 2026"),
        ("v|durasi", 340, "5 jam 40 menit"),
        ("v|durasi", -50, "−50 menit"),
        ("v|norma", Norm(3, "hari", "item"), "3 hari per berkas"),
        ("v|norma", None, "tanpa baku waktu"),
        ("v|ukuran", 1_240_000, "1,2 MB"),
        ("v|ukuran", 300, "1 KB"),
    ],
)
def test_a_filter_writes_as_an_officer_does(expression, value, shown):
    assert filtered(expression, v=value) == shown


def test_a_moment_is_shown_in_the_current_zone():
    with timezone.override("Asia/Makassar"):
        shown = filtered("v|waktu", v=AT)

    assert shown == "Jumat, 20 November 2026 pukul 17.00 WITA"


def test_an_nip_is_grouped_in_its_parts_or_masked():
    nip = synthetic_nip(date(1980, 1, 1), (2005, 1), 1, 900)

    grouped, masked = filtered("v|nip", v=nip), filtered("v|nip:'samar'", v=nip)

    assert [len(group) for group in grouped.split()] == [8, 6, 1, 3]
    assert nip not in masked.replace(" ", "")


def work(**changes):
    """A work page as the frame reads it."""
    task = {"pk": 41, "state": "open", "get_state_display": "Perlu dikerjakan", "run_id": 7, "round": 2}
    task["run"] = {"title": "Triwulan III", "get_absolute_url": "/sop/jalan/7/"}
    page = {
        "task": task,
        "definition": SimpleNamespace(code="kintom", title="Pengumpulan", category="collection", steps=()),
        "step": {"id": "s4", "text": "Memperbaiki data"},
        "number": "4",
        "count": 9,
        "norm": Norm(480, "menit"),
        "who": "Dewi",
        "elapsed": 90,
        "key": "k-1",
        "may_act": True,
        "is_late": False,
        "outcomes": [BACK, ONWARD],
    }
    return page | changes


def test_an_act_bar_offers_the_way_on_first_and_asks_why_for_a_return():
    page = part("act_bar", page=work())

    assert page.index('value="complete"') < page.index('name="reason"') < page.index('value="return"')
    assert 'name="key" value="k-1"' in page
    assert "late_reason" not in page


def test_a_late_act_bar_asks_for_the_reason_and_keeps_what_was_typed():
    page = part("act_bar", page=work(is_late=True, outcomes=[ONWARD]), late_reason="Listrik padam.")

    assert 'name="late_reason"' in page
    assert ">Listrik padam.</textarea>" in page
    assert 'value="return"' not in page


def test_who_may_not_act_is_offered_no_button():
    assert "<button" not in part("act_bar", page=work(may_act=False))


def test_a_task_frame_says_which_step_it_is_and_carries_its_keys():
    page = part("task_frame", page=SimpleNamespace(**work()))

    assert 'data-sop="kintom" data-run="7" data-step="s4" data-task="41" data-state="open"' in page
    assert "Langkah 4 dari 9" in page
    assert "480 menit" in page
    assert 'href="/sop/jalan/7/"' in page


def test_a_field_links_its_hint_and_its_error():
    form = SampleForm({})

    page = part("field", field=form["name"])

    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_the_error_summary_links_to_each_field_that_is_wrong():
    page = part("error_summary", form=SampleForm({}))

    assert "Ada 2 hal yang perlu diperbaiki" in page
    assert 'href="#id_name"' in page
    assert 'href="#id_kind_0"' in page


def test_a_form_without_errors_has_no_summary():
    assert part("error_summary", form=SampleForm()).strip() == ""


def test_an_achievement_is_a_number_a_symbol_and_a_word():
    page = part("capaian", percent=Decimal("100.9"), label="Tercapai", level="achieved")

    assert "100,90%" in page
    assert "Tercapai" in page
    assert "#check" in page


def test_an_achievement_that_is_no_number_shows_its_word_only():
    page = part("capaian", percent=None, label="Tidak diukur", level="not_measured")

    assert "capaian-none" in page
    assert "Tidak diukur" in page
    assert "%" not in page


def test_a_task_that_waits_for_others_has_no_button():
    page = part("task_row", task={"pk": 1, "url": "/t/", "title": "Himpun data", "waiting_for": "Seksi Trantib"})

    assert "menunggu Seksi Trantib" in page
    assert 'class="btn' not in page


@pytest.mark.parametrize(
    ("template", "values", "words"),
    [
        ("403.html", {"sentence": "Lembar ini diparaf oleh Camat."}, "Lembar ini diparaf oleh Camat."),
        ("404.html", {}, "Halaman tidak ditemukan"),
        ("409.html", {"sentence": "Lembar sudah diparaf.", "stale": True}, "Lembar sudah diparaf."),
        ("409.html", {"result": "Sudah Anda paraf pukul 11.20."}, "Tidak ada yang perlu diulang."),
        ("403_csrf.html", {}, "Sesi perlu diperbarui"),
        ("500.html", {"incident": "K7Q2"}, "K7Q2"),
    ],
)
def test_an_error_page_says_what_and_what_next_to_a_visitor(template, values, words):
    page = render_to_string(template, values)

    assert words in page
    assert '<a class="btn btn-primary"' in page
