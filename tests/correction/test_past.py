"""A figure that was copied from an old paper is corrected like any other."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.collection import actions as collection
from runut.collection.models import Figure, Period, Value
from runut.correction import actions
from runut.correction.models import Correction, Decision, Origin
from runut.planning.models import IndicatorVersion
from runut.sop.models import RunState
from tests.cast import build_office
from tests.collection import builders as forms
from tests.correction import builders
from tests.correction.test_pages import key_in, text_of
from tests.sop.play import do, install


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def past(office, frozen_time):
    """The last quarter of 2025 of one unit, copied from its signed paper."""
    unit = office.units[2]
    install(office, "pengumpulan-unit")
    forms.give_indicators(office, units=[unit])
    IndicatorVersion.objects.update(start=date(2024, 1, 1))
    builders.give_pptk(office, unit, office.kasi[0])
    first, second = IndicatorVersion.objects.order_by("indicator__code")
    return collection.enter_past_report(
        office=office.office, by=office.actor(office.staf), year=2025, quarter=4, basis="unit",
        rows={first.pk: collection.PastInput("84,75"), second.pk: collection.PastInput("90")},
        source=collection.PaperSource("065/12", date(2026, 1, 12), "Camat Contoh"),
        upload=SimpleUploadedFile("laporan.pdf", b"%PDF-1.4 x"),
    ).period  # fmt: skip


def test_the_head_opens_a_case_on_an_old_paper_from_its_period(office, past, client_for):
    sop, figure = install(office, "ngoro"), Figure.objects.order_by("no").first()
    camat = client_for(office.camat)

    chosen = text_of(camat.get("/perbaikan/buka/"))
    page = camat.get(f"/perbaikan/buka/?period={past.pk}")
    sent = {
        "item": [figure.pk], f"what-{figure.pk}": "salah salin", "reason": "Salah salin", "stage": "pelaporan",
        "sop": sop.pk, "act": "open", "key": key_in(page),
    }  # fmt: skip
    answer = camat.post(f"/perbaikan/buka/?period={past.pk}", sent, follow=True)

    assert f"?period={past.pk}" in chosen and "Dari dokumen lama" in chosen
    assert "84,75" in text_of(page)
    case = Correction.objects.get()
    assert (answer.status_code, case.origin, case.source, case.run.follows) == (200, Origin.SIGNED, past, None)


def test_its_correction_goes_through_ngoro_to_a_second_version(office, past):
    figure = Figure.objects.order_by("no").first()
    case = actions.open_case(
        source=past, sop=install(office, "ngoro"), by=office.actor(office.camat), items={figure.pk: "salah salin"},
        reason="Salah salin",
    )  # fmt: skip

    builders.give_order(office, case.run)
    builders.plan(office, case)
    builders.repair(office, case.run, office.kasi[0], office.kasi[0], "94,75")
    do(office, case.run, "himpun", office.kasubag)
    do(office, case.run, "lapor", office.kasubag)
    builders.meet(office, case.run, {case.items.get(): Decision.NEW})

    versions = list(Value.objects.filter(figure=figure).order_by("no"))
    assert [(v.no, v.amount) for v in versions] == [(1, Decimal("84.75")), (2, Decimal("94.75"))]
    assert versions[0].past_report is not None and versions[1].past_report is None


def test_a_case_on_it_is_given_up_and_the_old_number_holds(office, past):
    figure = Figure.objects.order_by("no").first()
    case = actions.open_case(
        source=past, sop=install(office, "ngoro"), by=office.actor(office.camat), items={figure.pk: "salah salin"},
        reason="Salah salin",
    )  # fmt: skip

    actions.withdraw_case(case=case, by=office.actor(office.camat), reason="Ternyata benar")

    case.run.refresh_from_db()
    assert case.run.state == RunState.CANCELLED
    assert builders.now_of(figure).amount == Decimal("84.75")


def test_a_period_of_another_office_is_not_found(office, past, client_for):
    other = build_office("dinas", instansi=office.instansi)

    assert client_for(other.camat).get(f"/perbaikan/buka/?period={past.pk}").status_code == 404


def test_the_examination_of_a_case_shows_its_figures(office, past, client_for):
    figure = Figure.objects.order_by("no").first()
    case = actions.open_case(
        source=past, sop=install(office, "kintom"), by=office.actor(office.camat), items={figure.pk: "salah salin"},
        reason="Salah salin",
    )  # fmt: skip
    task = case.run.tasks.get(step="teliti")

    page = text_of(client_for(office.camat).get(f"/tugas/{task.pk}/analisis/"))

    assert "84,75" in page
    assert Period.objects.get(pk=past.pk).run is None
