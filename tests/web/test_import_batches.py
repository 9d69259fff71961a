"""Large set-up tables: what rows name is looked up batch by batch, and a row may stand on one far above it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runut.lib.nip import MALE, synthetic_nip
from runut.organisation.actions.imports import Read
from runut.organisation.actions.tables import AT_ONCE, Trial
from runut.organisation.models import Jabatan, Pegawai, Unit
from runut.planning.models import Kegiatan, Sasaran
from runut.web.incoming import SET_UP as KINDS
from tests.collection import builders
from tests.planning.test_dictionary import START
from tests.web.test_imports import bring_in, fates, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


def rows_now(office, kind):
    """What is there in the columns of a kind, as rows that were read."""
    keys = [one.key for one in KINDS[kind].columns]
    found = [dict(zip(keys, map(str, row), strict=True)) for row in KINDS[kind].rows(office.office)]
    return [Read(no, cells) for no, cells in enumerate(found, start=2)]


def planned(office):
    """Something of each kind, several times."""
    builders.give_indicators(office, units=office.units[:5])
    plan = builders.sasaran(office).plan
    for no in range(2, 8):
        Sasaran.objects.create(instansi=office.instansi, plan=plan, no=no, text=f"Sasaran nomor {no}")
    for no in range(2, 9):
        Kegiatan.objects.create(
            instansi=office.instansi, office=office.office, code=f"7.01.0{no}", name=f"Program {no}",
            nomenclature="2023", level="program",
        )  # fmt: skip


def queries_of(office, kind, rows):
    trial = Trial(KINDS[kind], office.office, office.actor(office.admin))
    with CaptureQueriesContext(connection) as context:
        found = trial.fates(rows)
    return len(context), [each.state for each in found]


@pytest.mark.parametrize("kind", list(KINDS))
def test_rows_that_change_nothing_cost_the_same_questions_however_many_there_are(office, kind, frozen_time):
    planned(office)
    rows = rows_now(office, kind)
    assert len(rows) >= 6

    few, first = queries_of(office, kind, rows[: len(rows) // 2])
    many, all_of_them = queries_of(office, kind, rows)

    assert set(first) == set(all_of_them) == {"same"} and len(all_of_them) == len(rows)
    assert many == few


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("unit", {"name": "Unit", "parent": "tidak-ada"}),
        ("jabatan", {"name": "Jabatan", "kind": "pelaksana", "unit": "tidak-ada", "superior": "juga-tidak"}),
        ("target", {"year": "2026", "q1": "5"}),
        ("indikator", {"name": "Indikator", "measure": "orang", "unit": "tidak-ada", "kegiatan": "9.99"}),
    ],
)
def test_rows_that_name_what_is_not_there_cost_no_more_either(office, kind, cells):
    rows = [Read(no, {"code": f"X{no}", **cells}) for no in range(2, 60)]

    few, _states = queries_of(office, kind, rows[:2])
    many, states = queries_of(office, kind, rows)

    assert many == few and set(states) == {"rejected"}


def test_a_unit_may_stand_on_one_of_a_batch_long_before(office, admin):
    size = 2 * AT_ONCE + 30
    rows = [("ATAS", "Badan", "", "")] + [(f"B{no:03}", f"Bidang {no}", "ATAS", "") for no in range(size)]
    rows += [
        ("ANAK", "Subbidang", f"B{size - 1:03}", "ya"),
        ("CUCU", "Seksi", "ANAK", ""),
        ("YATIM", "Seksi", "B999", ""),
    ]

    page = send(admin, office, "unit", *rows)
    staged = page.context["staged"]
    counts = {"new": size + 3, "changed": 0, "joined": 0, "same": 0, "rejected": 1}
    assert staged.counts == {**counts, "file_sha256": staged.file_sha256}
    assert not Unit.objects.filter(code="ATAS").exists()
    bring_through(admin, page)

    assert Unit.objects.get(code="CUCU").parent.parent.parent.code == "ATAS"
    assert Unit.objects.filter(parent__code="ATAS").count() == size


def test_positions_stand_on_each_other_through_several_batches(office, admin):
    """A line of superiors longer than a batch: each batch does again only those that its rows stand on."""
    size = AT_ONCE + 20
    rows = [
        (f"P{no:03}", f"Jabatan {no}", "", "pelaksana", "", f"P{no - 1:03}" if no else "", "", "", "ya")
        for no in range(size)
    ]

    page = send(admin, office, "jabatan", *rows)
    bring_through(admin, page)

    assert Jabatan.objects.get(code=f"P{size - 1:03}").superior.code == f"P{size - 2:03}"


def test_a_circle_over_two_batches_is_seen_at_the_look(office, admin):
    fill = [(f"F{no:03}", f"Unit {no}", "", "") for no in range(AT_ONCE)]
    bring_in(admin, send(admin, office, "unit", ("A", "Unit A", "", ""), ("B", "Unit B", "", "")))

    page = send(admin, office, "unit", ("A", "Unit A", "B", ""), *fill, ("B", "Unit B", "A", ""))

    assert [state for label, state in fates(page) if label in ("Unit A", "Unit B", "B")] == ["changed", "rejected"]


def test_a_row_that_is_refused_leaves_nothing_for_the_rows_after_it(office, admin):
    """The person would have been made before the position was refused; the next row must not take that for there."""
    post = office.jabatan["camat"].code
    new = synthetic_nip(START.replace(year=1991), (2016, 4), MALE, 950)
    page = send(
        admin, office, "pegawai", (new, "Orang Baru", *[""] * 5, post, "", ""), (new[:-1] + "1", "Lain", *[""] * 8)
    )
    again = send(admin, office, "pegawai", (new, "Orang Baru", *[""] * 8))

    assert next(state for _label, state in fates(page)) == "rejected"
    assert fates(again) == [("Orang Baru", "new")] and not Pegawai.objects.filter(nip=new).exists()


def bring_through(client, page):
    """Bring in what is too much for one go, as the worker does."""
    from runut.organisation.models import Staged
    from runut.web.incoming import work_on

    staged = Staged.objects.latest("pk")
    bring_in(client, page)
    work_on.call(staged.pk)
    staged.refresh_from_db()
    assert staged.state == "done", staged.state
