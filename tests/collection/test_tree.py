"""The tree with figures: means that say how many count, signs beside colours, money beside achievement."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from runut.collection.models import Period
from runut.collection.queries import grown, period_to_show, periods_of
from runut.collection.rules import efficiency
from runut.planning.actions import Named, define_activity, end_indicator, set_budget, take_up_scale
from runut.planning.models import Indicator, Plan, Tujuan
from runut.planning.rules import SHIPPED, Node, draw_pages, every, own_scale
from tests.collection import builders
from tests.correction.builders import head_of


@pytest.mark.parametrize(
    ("achieved", "absorbed", "word"),
    [
        ("110", "61", "efficient"),
        ("100", "95", "fair"),
        ("95", "100", "fair"),
        ("94.99", "100", "inefficient"),
        ("105.01", "100", "efficient"),
        ("100", "149", None),
        (None, "50", None),
        ("100", None, None),
    ],
)
def test_achievement_is_held_against_what_was_spent(achieved, absorbed, word):
    read = [None if text is None else Decimal(text) for text in (achieved, absorbed)]
    assert efficiency(*read) == word


@pytest.fixture
def plan(office, frozen_time):
    """Two units' figures handed in, one of them under its target, under one objective with a program."""
    units = office.units[2:4]
    run = builders.collection_of_units(office, units)
    for unit, value in zip(units, ("84", "40"), strict=True):
        builders.fill_in(office, run, unit, value, "90", who=head_of(office, unit))
    found = Plan.objects.get(office=office.office)
    by = office.actor(office.admin)
    program = define_activity(
        office=office.office,
        code="7.01.02",
        nomenclature="",
        named=Named("Program", sasaran=found.sasaran_set.get()),
        by=by,
    )
    set_budget(kegiatan=program, year=2026, amounts={0: Decimal(200), 1: Decimal(100)}, basis="DPA", by=by)
    return found


def test_an_objective_shows_the_mean_of_its_indicators_and_how_many_missed_their_target(office, plan):
    actor = office.actor(office.camat)
    period = periods_of(plan, actor)[0]

    lines = grown(plan, actor, period).lines
    [objective] = [line for line in lines if line.node.kind == "sasaran"]
    assert "dari" in objective.shown.words and "di bawah target" in objective.shown.words
    assert objective.shown.money.startswith("serapan 50,00%")
    signs = {line.shown.sign for line in lines if line.node.kind == "indicator"}
    assert "▼" in signs
    [program] = [line for line in lines if line.node.kind == "program"]
    assert program.shown.money == "serapan 50,00%"


def test_the_page_says_the_same_drawn_and_as_a_list(office, plan, client_for):
    page = client_for(office.camat).get(f"/rencana/{plan.pk}/pohon/").text

    assert page.count("serapan 50,00%") >= 2 and "▼" in page and "di bawah target" in page
    assert f"{timezone.localdate().year}" in page


def test_the_list_says_in_sentences_how_each_figure_came_about(office, plan, client_for):
    page = client_for(office.camat).get(f"/rencana/{plan.pk}/pohon/").text

    assert (
        "Realisasi 84,00 dibagi target 80,00, dikali 100 = 105,00%. Indikator positif: makin tinggi makin baik." in page
    )
    assert "Rata-rata 4 capaian: jumlah 105,00% + " in page


def test_without_a_period_the_tree_is_there_without_figures(office, plan):
    found = grown(plan, office.actor(office.camat), None)

    assert {line.shown.words for line in found.lines if line.node.kind == "indicator"} == {"Belum ada data"}


def test_a_mean_is_called_by_the_offices_scale(office, plan):
    take_up_scale(office=office.office, scale=SHIPPED[0], start=date(2026, 1, 1), by=office.actor(office.admin))

    grown_now = grown(plan, office.actor(office.camat), periods_of(plan, office.actor(office.camat))[0])

    [objective] = [line for line in grown_now.lines if line.node.kind == "sasaran"]
    indicators = [line.shown for line in grown_now.lines if line.node.kind == "indicator"]
    assert objective.shown.words.endswith((" · predikat Tinggi", " · predikat Sangat Tinggi"))
    assert {shown.words.rpartition(" predikat ")[2] for shown in indicators} == {"Sangat Tinggi", "Sangat Rendah"}


def test_what_ships_of_predicates_is_read_in_english_and_an_offices_own_as_written(office, plan, client_for):
    admin = client_for(office.admin)
    take_up_scale(office=office.office, scale=SHIPPED[0], start=date(2026, 1, 1), by=office.actor(office.admin))
    admin.post("/bahasa/", {"language": "en", "next": "/saya/"})

    tree = admin.get(f"/rencana/{plan.pk}/pohon/").content.decode()
    choice = admin.get(f"/atur/skala/{office.office.pk}/").content.decode()

    assert "Very High" in tree and "Sangat Tinggi" not in tree
    assert "Permendagri 86/2017: Very High, High, " in choice and "Green, Yellow, Red: Green" in choice
    assert "Sangat Tinggi" not in choice

    own = own_scale("Skala kantor", "SK 1", [("Mantap", Decimal(60)), ("Belum", None)])
    take_up_scale(office=office.office, scale=own, start=date(2026, 2, 1), by=office.actor(office.admin))
    assert "Mantap" in admin.get(f"/rencana/{plan.pk}/pohon/").content.decode()


def test_a_goal_and_its_only_objective_count_the_same_indicators(office, plan, client_for):
    """What serves an indicator, and what a program measures, counts where it hangs and not once more above."""
    goal = Tujuan.objects.create(instansi=office.instansi, plan=plan, no=1, text="Pelayanan prima")
    objective = plan.sasaran_set.get()
    objective.tujuan = goal
    objective.save(update_fields=["tujuan"])
    first, second, *_ = Indicator.objects.filter(sasaran=objective).order_by("pk")
    Indicator.objects.filter(pk=second.pk).update(serves=first)
    actor = office.actor(office.camat)

    lines = grown(plan, actor, periods_of(plan, actor)[0]).lines

    shown = {line.node.kind: line.shown.words.partition(",")[0] for line in lines}
    assert shown["tujuan"] == shown["sasaran"] == "rata-rata 3 dari 3"
    page = client_for(office.camat).get(f"/rencana/{plan.pk}/pohon/").text
    assert "rata-rata indikator yang langsung mengukurnya" in page


def test_the_counts_of_a_mean_add_up_in_words(office, plan, client_for):
    """An indicator that was added after the forms were out has no figure."""
    first = Indicator.objects.filter(sasaran__plan=plan).order_by("pk")[0]
    late = Indicator.objects.get(pk=first.pk)
    late.pk, late.code = None, "IKU-99"
    late.save()
    version = first.versions.get()
    version.pk, version.indicator = None, late
    version.save()

    page = client_for(office.camat).get(f"/rencana/{plan.pk}/pohon/").text

    assert "rata-rata 4 dari 5" in page
    assert "Tidak ada di formulir periode ini, jadi tidak diukur: 1." in page


def test_the_page_opens_on_the_latest_period_that_has_figures(office, plan, client_for):
    run = builders.start_again(office, "pengumpulan-unit")
    builders.prepare(office, run, office.units[2:4], everybody=office.units, quarter=2)

    client = client_for(office.camat)
    page = client.get(f"/rencana/{plan.pk}/pohon/").text
    second = Period.objects.get(office=office.office, quarter=2)
    chosen = client.get(f"/rencana/{plan.pk}/pohon/?periode={second.pk}").text

    assert "capaian Triwulan I 2026" in page
    assert "capaian Triwulan II 2026" in chosen


def test_a_plan_that_has_ended_opens_on_a_period_within_its_time(office, plan, client_for):
    run = builders.start_again(office, "pengumpulan-unit")
    builders.prepare(office, run, office.units[2:4], everybody=office.units, quarter=2)
    latest = Period.objects.get(office=office.office, quarter=2)
    earlier = Period.objects.get(office=office.office, quarter=1)
    actor = office.actor(office.camat)
    plan.end = date(2026, 5, 31)

    assert period_to_show(plan, actor, [latest, earlier]) == earlier
    assert period_to_show(plan, actor, [latest]) == latest


def wide(goals, objectives, indicators):
    """A tree of a plan, as large as asked for."""
    return Node("plan", 1, "PK", children=tuple(
        Node("tujuan", goal, "T", f"{goal}", children=tuple(
            Node("sasaran", 10 * goal + no, "S", f"{goal}.{no}", children=tuple(
                Node("indicator", 1000 * goal + 100 * no + each, "I") for each in range(indicators)
            )) for no in range(objectives)
        )) for goal in range(goals)
    ))  # fmt: skip


def test_a_drawing_that_fits_a_page_is_printed_whole():
    assert len(draw_pages(wide(1, 2, 3))) == 1


@pytest.mark.parametrize("size", [(2, 3, 4), (1, 1, 40), (12, 2, 3), (1, 9, 9)])
def test_a_larger_one_is_printed_in_drawings_that_fit(size):
    whole = wide(*size)

    pages = draw_pages(whole)

    assert len(pages) > 1 and all(page.fits_a_page for page in pages)
    drawn = {(box.node.kind, box.node.pk) for page in pages for box in page.boxes}
    assert drawn == {(node.kind, node.pk) for node in every([whole])}


@pytest.mark.parametrize("size", [(1, 1, 1), (1, 2, 3), (2, 3, 4), (1, 1, 40), (1, 9, 9)])
def test_a_drawing_takes_the_width_or_the_height_of_the_page_and_its_letters_are_no_smaller_than_8_points(size):
    for page in draw_pages(wide(*size)):
        across, down = Decimal(page.paper_width), Decimal(page.paper_height)
        pixel = across / (page.width + 4)

        assert across <= Decimal("267.1") and down <= Decimal("144.1")
        assert pixel * Decimal("12.5") >= Decimal("8.5") * Decimal("25.4") / 72
        assert across > 266 or down > 143 or pixel > Decimal("0.32")


def test_the_page_has_the_drawing_for_the_printer_before_the_list(office, plan, client_for):
    page = client_for(office.camat).get(f"/rencana/{plan.pk}/pohon/").text

    assert page.index('class="tree-pages"') < page.index('id="daftar"')
    assert 'mm" height="' in page


def test_an_indicator_that_has_ended_is_drawn_for_the_periods_that_measured_it_and_no_more(office, plan, client_for):
    measured = Indicator.objects.filter(sasaran=plan.sasaran_set.get()).order_by("pk").first()
    camat, address = client_for(office.camat), f"/rencana/{plan.pk}/pohon/"
    end_indicator(indicator=measured, last_day=date(2026, 1, 31), reason="Diganti", by=office.actor(office.admin))
    linked = f'href="/atur/indikator/{measured.pk}/"'

    # The form that was out kept it, so its quarter counts it; nothing later does.
    assert linked in camat.get(address).text
    later = Period.objects.get(office=office.office)
    later.pk, later.quarter, later.run = None, 3, None
    later.save()
    assert linked not in camat.get(f"{address}?periode={later.pk}").text
