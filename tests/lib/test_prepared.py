"""Statements that are put into SQL once give what the queryset gives, each time with other values."""

from decimal import Decimal

import pytest
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from runut.lib.prepared import Prepared, PreparedForOne, PreparedRows, insert, insert_many, update
from runut.organisation.models import Assignment, Jabatan, Staged, StagedRow, Unit
from runut.planning.models import Budget, Kegiatan

pytestmark = pytest.mark.django_db


def _in(ids, name):
    return Jabatan.objects.filter(pk__in=ids).exclude(name=name).select_related("unit").order_by("pk")


@pytest.fixture
def posts(office):
    return list(Jabatan.objects.filter(assignments__isnull=False).distinct().order_by("pk")[:3])


def test_each_call_asks_with_its_own_values(posts):
    one = Prepared(lambda pk: Jabatan.objects.filter(pk=pk), int)

    assert [one.first(post.pk) for post in posts] == posts
    assert one.first(0) is None


def test_for_one_id_or_many_the_answer_is_that_of_the_queryset(posts, django_assert_num_queries):
    ready = PreparedForOne(_in, str)

    for ids in ([posts[0].pk], [posts[1].pk], [post.pk for post in posts]):
        with django_assert_num_queries(1):
            found = ready.all(ids, posts[1].name)
            units = [post.unit for post in found]
        assert (found, units) == (list(_in(ids, posts[1].name)), [post.unit for post in _in(ids, posts[1].name)])


def test_for_no_id_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert PreparedForOne(_in, str).all([], "Camat") == []


def test_what_a_query_adds_to_its_objects_comes_along(posts):
    def ask(pk):
        held = Assignment.objects.filter(jabatan=OuterRef("pk"), kind="definitif")
        return Jabatan.objects.filter(pk=pk).annotate(held=Exists(held), beside=F("unit__code")).defer("name")

    ready = Prepared(ask, int)

    for post in posts:
        found, expected = ready.first(post.pk), ask(post.pk).get()
        assert (found.held, found.beside, found.name) == (expected.held, expected.beside, post.name)
    assert found.held is True


def test_rows_that_name_the_same_row_get_one_object_for_it(office):
    def ask(pk):
        rows = Assignment.objects.filter(jabatan__office=pk).select_related("jabatan__unit", "jabatan__office")
        return rows.order_by("pk")

    found, expected = Prepared(ask, int).all(office.office.pk), list(ask(office.office.pk))

    assert len({id(row.jabatan.office) for row in found}) == 1 < len(found)
    assert [row.jabatan.unit for row in found] == [row.jabatan.unit for row in expected]
    assert {row.jabatan.unit is None for row in found} == {True, False}
    assert [row.jabatan.office.terms for row in found] == [row.jabatan.office.terms for row in expected]


def test_an_object_that_was_read_is_known_to_the_database_and_saved_as_such(posts, django_assert_num_queries):
    found = Prepared(lambda pk: Jabatan.objects.filter(pk=pk).only("pk", "unit"), int).first(posts[0].pk)

    with django_assert_num_queries(1):
        assert found.name == posts[0].name
    found.name = "Kepala Seksi Lain"
    found.save(update_fields=["name"])

    assert (found, found._state.adding, found._state.db) == (posts[0], False, "default")
    assert Jabatan.objects.get(pk=posts[0].pk).name == "Kepala Seksi Lain"


def test_rows_of_chosen_columns_take_the_shape_that_is_asked_for(posts):
    def ask(pk, name):
        return Jabatan.objects.filter(pk__lte=pk).exclude(name=name).order_by("pk").values_list("pk", "unit__code")

    ready = PreparedRows(list, ask, int, str)

    for post in posts:
        assert ready.all(post.pk, posts[0].name) == [list(row) for row in ask(post.pk, posts[0].name)]
    assert ready.first(0, "") is None


def test_columns_that_the_database_keeps_in_another_form_are_converted_in_rows_too(posts):
    def ask(pk):
        return Assignment.objects.filter(jabatan=pk).order_by("pk").values_list("start", "jabatan__office__terms")

    assert PreparedRows(tuple, ask, int).all(posts[0].pk) == list(ask(posts[0].pk)) != []


def test_a_value_without_a_place_in_the_query_is_a_mistake(posts):
    with pytest.raises(AssertionError, match="no place"):
        Prepared(lambda pk, name: Jabatan.objects.filter(pk=pk), int, str).all(posts[0].pk, "x")


def test_a_row_is_written_and_changed_as_save_does_it(office, posts):
    unit = Unit(instansi=posts[0].instansi, office=posts[0].office, name="Seksi Contoh", code="99")

    insert(unit)
    unit.name, unit.code = "Seksi Lain", "98"
    update(unit, "name")

    unit.refresh_from_db()
    assert (unit.name, unit.code) == ("Seksi Lain", "99")


def test_a_row_that_is_taken_is_not_written_twice(posts):
    taken = Unit.objects.filter(office=posts[0].office).first()
    again = Unit(instansi=taken.instansi, office=taken.office, name="Seksi Contoh", code=taken.code)

    assert insert(again, unless_taken=True) is False
    assert Unit.objects.filter(office=taken.office, code=taken.code).get() == taken


def test_changing_a_row_that_is_gone_is_a_mistake(posts):
    with pytest.raises(AssertionError, match="not there any more"):
        update(Jabatan(pk=0, name="x"), "name")


def test_many_rows_are_written_as_their_fields_keep_them(office, django_assert_num_queries):
    staged = Staged.objects.create(
        instansi=office.instansi, office=office.office, kind="unit", name="a.xlsx", at=timezone.now(), by=office.admin
    )
    rows = [(office.instansi.pk, staged.pk, no, "Seksi", "new", "", {"code": f"A{no}"}) for no in range(1, 4)]

    with django_assert_num_queries(1):
        insert_many(StagedRow, ("instansi", "staged", "no", "label", "state", "words", "cells"), rows)

    assert [(row.no, row.cells) for row in staged.rows.order_by("no")] == [(no, {"code": f"A{no}"}) for no in (1, 2, 3)]


def test_decimals_of_many_rows_are_kept_to_the_last_place(office):
    names = ("instansi", "kegiatan", "year", "quarter", "no", "amount", "basis")
    kegiatan = Kegiatan.objects.create(instansi=office.instansi, office=office.office, code="7.01.02", name="Program")
    amounts = [Decimal("0.01"), Decimal("1234567890.56")]

    rows = [(office.instansi.pk, kegiatan.pk, 2026, 0, no, one, "") for no, one in enumerate(amounts, 1)]
    insert_many(Budget, names, rows)

    assert list(Budget.objects.order_by("no").values_list("amount", flat=True)) == amounts
