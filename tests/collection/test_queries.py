"""Rows, versions, what was known when, and how many statements it takes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runut.collection import actions
from runut.collection.models import Mark, MarkKind, Value
from runut.collection.queries import (
    completeness,
    current_values,
    figure_history,
    hash_of_rows,
    holding_values,
    known_on,
    rows_of,
    rows_of_run,
    sheet_hash,
    sheet_rows,
)
from runut.sop.actions import drop_member
from tests.collection import builders
from tests.collection.builders import fill_in, key_of, review, sheet_of
from tests.harness.scenes import scene


def _statements(ask):
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


@scene
def handed_in(office, people):
    fill_in(office, people.run, people.a, "84,75", "90")
    return people


@pytest.mark.requirement("R-INSP-7")
def test_a_row_has_indicator_target_value_and_its_computed_achievement(office, handed_in):
    row = rows_of(handed_in.sheet)[0]

    assert (row.version.name, row.target, row.value.amount) == (
        "Nilai kepuasan masyarakat (IKM)", Decimal(80), Decimal("84.75"),
    )  # fmt: skip
    assert (row.achievement.percent, row.achievement.level) == (Decimal("105.94"), "achieved")


def test_rows_of_a_run_go_sheet_by_sheet_in_a_constant_number_of_statements(office, handed_in):
    one = _statements(lambda: rows_of(handed_in.sheet))

    assert _statements(lambda: rows_of_run(handed_in.run)) <= one + 1
    assert [row.line.sheet.pegawai for row in rows_of_run(handed_in.run)] == [
        handed_in.a, handed_in.a, handed_in.b, handed_in.b,
    ]  # fmt: skip


def test_a_member_taken_out_is_neither_waited_for_nor_in_the_recap(office, handed_in):
    drop_member(
        run=handed_in.run, region="isi", member=key_of(handed_in.b), by=office.actor(office.camat), reason="Pindah."
    )

    assert completeness(handed_in.run).is_complete
    assert {row.line.sheet.member for row in rows_of_run(handed_in.run)} == {key_of(handed_in.a)}


@pytest.mark.requirement("R-KEMLAGI-11")
def test_the_last_period_stands_beside_the_present(office, handed_in):
    from runut.planning.models import Indicator, Target

    for made in Indicator.objects.filter(pegawai=handed_in.a):
        Target.objects.create(instansi=office.instansi, indicator=made, year=2026, quarter=2, amount=Decimal(80))
    run = builders.start_again(office)
    builders.prepare(office, run, [handed_in.a], quarter=2)

    row = rows_of(sheet_of(run, handed_in.a))[0]

    assert (row.last.amount, row.last_achievement.percent) == (Decimal("84.75"), Decimal("105.94"))


def test_the_status_of_many_sheets_takes_as_many_statements_as_of_one(office, people):
    from runut.collection.models import Sheet

    one = _statements(lambda: sheet_rows(Sheet.objects.filter(pk=people.sheet.pk)))
    all_ = _statements(lambda: sheet_rows(Sheet.objects.filter(run=people.run)))

    assert one == all_ <= 3


def test_the_hash_covers_the_content_and_no_times(office, handed_in, frozen_time):
    before = sheet_hash(handed_in.sheet)
    frozen_time.shift(timedelta(days=1))

    assert sheet_hash(handed_in.sheet) == before == hash_of_rows(rows_of(handed_in.sheet))
    review(office, handed_in.run, handed_in.a, handed_in.kasi, "return", {0: "Keliru."}, late_reason="Libur.")
    fill_in(office, handed_in.run, handed_in.a, "84,76", None)
    assert sheet_hash(handed_in.sheet) != before


@pytest.fixture
def history(office, handed_in, frozen_time):
    """A figure through submission, validation, signature, a new version, and revocation; moments by name."""
    figure, by = handed_in.sheet.lines.get(figure__no=2).figure, office.actor(office.camat)
    moments = {"submitted": timezone.now()}
    frozen_time.shift(timedelta(minutes=10))
    review(office, handed_in.run, handed_in.a, handed_in.kasi)
    moments["validated"] = timezone.now()
    frozen_time.shift(timedelta(days=1))
    value = Value.objects.get(figure=figure)
    actions.mark_values(values=[value], kind=MarkKind.SIGNED, by=by, basis="Rekap v1")
    moments["signed"] = timezone.now()
    frozen_time.shift(timedelta(days=1))
    actions.append_value(figure=figure, by=by, amount=Decimal(88), cause="Salah bulan.", reason="Rapat.")
    actions.mark_values(values=[value], kind=MarkKind.REVOKED, by=by, basis="Rekap v1 digantikan")
    moments["revoked"] = timezone.now()
    return figure, moments


@pytest.mark.parametrize(
    ("when", "basis", "known"),
    [
        ("submitted", "submitted", 1),
        ("submitted", "validated", None),
        ("validated", "validated", 1),
        ("validated", "signed", None),
        ("signed", "signed", 1),
        ("revoked", "submitted", 2),
        ("revoked", "validated", 1),
        ("revoked", "signed", None),
        ("revoked", "published", None),
    ],
)
def test_what_was_known_of_a_figure_on_a_day(history, when, basis, known):
    figure, moments = history

    found = known_on([figure], moments[when], basis).get(figure.pk)

    assert (found.no if found else None) == known


@pytest.mark.requirement("R-NGORO-9")
def test_the_history_keeps_every_version_newest_first(history):
    figure, _moments = history

    newest, oldest = figure_history(figure)

    assert (newest.value.no, newest.value.amount) == (2, Decimal(88))
    assert oldest.value.amount == Decimal(90)
    assert [mark.kind for mark in oldest.marks] == ["validated", "signed", "revoked"]


def test_what_was_judged_holds_until_the_later_version_is_judged_too(office, history):
    figure, _moments = history

    newest, oldest = figure_history(figure)
    assert (newest.is_current, newest.is_proposed, oldest.is_current) == (False, True, True)
    assert holding_values([figure])[figure.pk] == oldest.value
    assert current_values([figure])[figure.pk] == newest.value

    actions.mark_values(
        values=[newest.value], kind=MarkKind.DECIDED, by=office.actor(office.camat), basis="Perbaikan selesai."
    )

    newest, oldest = figure_history(figure)
    assert (newest.is_current, newest.is_proposed, oldest.is_current) == (True, False, False)
    assert holding_values([figure])[figure.pk] == newest.value


@pytest.mark.parametrize(("then", "holds"), [((), 1), (("signed",), 2), (("published",), 2), (("decided",), 2)])
def test_a_check_alone_does_not_replace_a_signed_number(office, handed_in, then, holds):
    figure, by = handed_in.sheet.lines.get(figure__no=2).figure, office.actor(office.camat)
    first = Value.objects.get(figure=figure)
    actions.mark_values(values=[first], kind=MarkKind.SIGNED, by=by, basis="Rekap")
    second = actions.append_value(figure=figure, by=by, amount=Decimal(88), cause="Salah bulan.", reason="Rapat.")
    for kind in ("validated", *then):
        actions.mark_values(values=[second], kind=MarkKind(kind), by=by, basis="Perbaikan")

    assert holding_values([figure])[figure.pk].no == holds
    assert [row.is_current for row in figure_history(figure)] == [holds == 2, holds == 1]


def test_a_check_replaces_a_number_whose_signature_was_taken_back(office, handed_in):
    figure, by = handed_in.sheet.lines.get(figure__no=2).figure, office.actor(office.camat)
    first = Value.objects.get(figure=figure)
    for kind in (MarkKind.SIGNED, MarkKind.REVOKED):
        actions.mark_values(values=[first], kind=kind, by=by, basis="Rekap")
    second = actions.append_value(figure=figure, by=by, amount=Decimal(88), cause="Salah bulan.", reason="Rapat.")
    actions.mark_values(values=[second], kind=MarkKind.VALIDATED, by=by, basis="Perbaikan")

    assert holding_values([figure])[figure.pk] == second

    actions.mark_values(values=[first], kind=MarkKind.SIGNED, by=by, basis="Rekap lagi")
    assert holding_values([figure])[figure.pk] == first


def test_the_database_refuses_to_change_or_delete_what_was_reported(office, handed_in):
    review(office, handed_in.run, handed_in.a, handed_in.kasi)
    value, mark = Value.objects.first(), Mark.objects.first()

    for change in (
        lambda: Value.objects.filter(pk=value.pk).update(amount=1),
        lambda: Value.objects.filter(pk=value.pk).delete(),
        lambda: Mark.objects.filter(pk=mark.pk).update(basis="lain"),
        lambda: Mark.objects.filter(pk=mark.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
