"""What a page asks of the database: as many statements for many rows as for few, nothing of what it does not show."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runut.collection.actions import append_value
from runut.collection.models import Figure, Value
from runut.collection.queries import past_values, rows_of
from runut.lib.prepared import Prepared
from runut.planning.models import Indicator, Target
from tests.cast import build_office
from tests.collection import builders
from tests.collection.builders import fill_in, review, sheet_of
from tests.harness.scenes import scene


@scene
def two_quarters(office, people):
    """The figures of people.a in the first and in the second quarter, both handed in: (the earlier, the later)."""
    for made in Indicator.objects.filter(pegawai=people.a):
        Target.objects.create(instansi=office.instansi, indicator=made, year=2026, quarter=2, amount=Decimal(80))
    fill_in(office, people.run, people.a, "84,75", "90")
    run = builders.start_again(office)
    builders.prepare(office, run, [people.a], quarter=2)
    builders.distribute(office, run)
    fill_in(office, run, people.a, "85,5", "91")
    return people.sheet, sheet_of(run, people.a)


def _collected(cast, how_many_people, how_many):
    """A quarter in which everybody handed in, one was returned and one was looked at; the pages of it, by name."""
    kasi = cast.kasi[0]
    everybody = cast.asn[:how_many_people]
    run = builders.collection_of_people(cast, everybody, how_many=how_many)
    for person in everybody:
        fill_in(cast, run, person, *(["84,75"] * how_many))
    first, reviewed = (sheet_of(run, person) for person in (everybody[0], cast.asn_of(kasi)[0]))
    review(cast, run, reviewed.pegawai, kasi)
    figure = Figure.objects.filter(pegawai=everybody[0]).latest("no")
    for no in range(how_many_people):
        by = cast.actor(cast.camat)
        append_value(figure=figure, by=by, amount=Decimal(70 + no), cause="Salah baca.", reason="Rapat.")
    return [
        (cast.camat, "/periode/"), (cast.camat, "/periode/2026/1/"), (cast.camat, "/periode/2026/1/matriks.csv"),
        (cast.camat, "/himpunan/2026/1/"), (cast.camat, figure.get_absolute_url()), (cast.camat, "/atur/indikator/"),
        (cast.camat, "/kesalahan/"), (kasi, "/tugas/"), (everybody[0], first.get_absolute_url()),
        (everybody[0], f"{first.get_absolute_url()}cetak/"), (kasi, f"/validasi/{reviewed.pk}/"),
    ]  # fmt: skip


def _asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def test_every_page_of_a_quarter_takes_as_many_statements_for_many_as_for_few(office, frozen_time, client_for):
    larger = build_office(instansi=office.instansi)
    few, many = _collected(office, 2, 1), _collected(larger, 9, 3)

    counts = [
        (address, _asked(client_for(who), address), _asked(client_for(other), same))
        for (who, address), (other, same) in zip(few, many, strict=True)
    ]

    assert [each for each in counts if each[1] != each[2]] == []
    assert max(counts, key=lambda each: each[1])[1] <= 23, counts


def test_whether_a_figure_may_be_seen_is_asked_of_that_figure_and_not_of_all(office, people):
    figure = people.sheet.lines.first().figure

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # As with many rows, however many pages the tests before left behind, and with the server's own limit.
            size = "reltuples = 100000, relpages = greatest(1, pg_relation_size(oid) / 8192)"
            cursor.execute(f"UPDATE pg_class SET {size} WHERE relkind = 'r' AND relname LIKE 'collection_%'")
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL join_collapse_limit = 8")
        plan = Figure.objects.visible_to(office.actor(people.a)).filter(pk=figure.pk).explain()

    assert "collection_line_figure_id" in plan


def test_a_recap_reads_what_it_prints_and_no_evidence(office, frozen_time, client_for):
    _collected(office, 2, 1)
    camat = client_for(office.camat)

    with CaptureQueriesContext(connection) as queries:
        page = camat.get("/himpunan/2026/1/")

    asked = " ".join(query["sql"] for query in queries)
    assert "84,75" in page.text
    assert "collection_evidence" not in asked and "evidence_needed" not in asked


def _read(monkeypatch, act):
    """How many versions are read, and what the act gives."""
    count, from_db, prepared = [], Value.from_db.__func__, Prepared.all

    def counted(model, *row):
        count.append(1)
        return from_db(model, *row)

    def counted_ready(self, *values):
        rows = prepared(self, *values)
        brought = [other for row in rows for other in row._state.fields_cache.values()]
        count.extend({id(one): 1 for one in [*rows, *brought] if isinstance(one, Value)}.values())
        return rows

    with monkeypatch.context() as patched:
        patched.setattr(Value, "from_db", classmethod(counted))
        patched.setattr(Prepared, "all", counted_ready)
        found = act()
    return len(count), found


def test_an_earlier_form_reads_no_value_of_a_later_period(two_quarters, monkeypatch):
    earlier, later = two_quarters

    of_earlier, _rows = _read(monkeypatch, lambda: rows_of(earlier))
    of_later, rows = _read(monkeypatch, lambda: rows_of(later))

    assert (of_earlier, of_later) == (2, 4)
    assert [row.last.amount for row in rows] == [Decimal("84.75"), Decimal(90)]


@pytest.mark.parametrize("few", [200, 0])
def test_the_period_before_is_found_for_some_people_and_for_very_many(two_quarters, monkeypatch, few):
    monkeypatch.setattr("runut.collection.queries.rows.FEW", few)
    figures = list(Figure.objects.filter(lines__sheet=two_quarters[1]).select_related("indicator").order_by("no"))

    found = past_values(figures, two_quarters[1].period, 1)

    assert [found[figure.pk][1].amount for figure in figures] == [Decimal("84.75"), Decimal(90)]
