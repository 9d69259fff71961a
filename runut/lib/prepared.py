"""Reads and writes of the hot path, put into SQL once per process and then only run.

Django builds the text of each query anew, which takes several times as long as a small query itself. `Prepared` keeps
what the compiler made of a queryset and asks it with other values; `insert` and `update` do the same for a row.
What comes back are ordinary model objects, `select_related`, `only` and `annotate` included, or rows of chosen columns.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    CharField,
    Expression,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    QuerySet,
    TextField,
)
from django.db.models.base import ModelState
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
T = TypeVar("T")
Value = int | str | date
Row = Sequence[object]
Converters = dict[int, tuple[list[Callable[..., Any]], Expression]]  # type: ignore[explicit-any]


@dataclass(frozen=True, slots=True)
class _Compiled(Generic[T]):
    """The statement, its fixed parameters, which parameter takes which value, and what rows become."""

    sql: str
    params: tuple[object, ...]
    slots: tuple[tuple[int, int], ...]
    build: Callable[[list[Row]], list[T]]


class _Kept(ABC, Generic[T]):
    """A query that is compiled at its first asking. `ask(*values)` gives the queryset, whose shape must not
    depend on the values; `kinds` are the values' types."""

    def __init__(self, ask: Callable[..., QuerySet[Any, Any]], kinds: Sequence[type[Value]]) -> None:  # type: ignore[explicit-any]
        self._ask, self._kinds = ask, kinds
        self._compiled: _Compiled[T] | None = None

    def all(self, *values: Value) -> list[T]:
        """What is found, each query anew."""
        compiled = self._compiled = self._compiled or self._compile()
        params = list(compiled.params)
        for position, number in compiled.slots:
            params[position] = _adapted(values[number])
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(compiled.sql, params)  # type: ignore[arg-type]
            return compiled.build(cursor.fetchall())

    def first(self, *values: Value) -> T | None:
        """The first, None when there is none. The queryset itself says in which order and how many."""
        found = self.all(*values)
        return found[0] if found else None

    def _compile(self) -> _Compiled[T]:
        marks = [_mark(kind, number) for number, kind in enumerate(self._kinds)]
        compiler = self._ask(*marks).query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        known = {_adapted(mark): number for number, mark in enumerate(marks)}
        slots = tuple((position, known[value]) for position, value in enumerate(params) if value in known)
        assert {number for _position, number in slots} == set(range(len(marks))), "a value has no place in the query"
        return _Compiled(sql, tuple(params), slots, self._builder(compiler))

    @abstractmethod
    def _builder(self, compiler: SQLCompiler) -> Callable[[list[Row]], list[T]]:
        """How the rows that come back become what is asked for."""


class Prepared(_Kept[M]):
    """A queryset of model objects."""

    def __init__(self, ask: Callable[..., QuerySet[M]], *kinds: type[Value]) -> None:  # type: ignore[explicit-any]
        super().__init__(ask, kinds)

    def _builder(self, compiler: SQLCompiler) -> Callable[[list[Row]], list[M]]:
        return _objects(compiler)


class PreparedRows(_Kept[T]):
    """A queryset of `values_list(...)`: each row becomes what `shape` makes of it. Cheaper than model objects."""

    def __init__(  # type: ignore[explicit-any]
        self, shape: Callable[[Iterable[Any]], T], ask: Callable[..., QuerySet[Any, Any]], *kinds: type[Value]
    ) -> None:
        super().__init__(ask, kinds)
        self._shape = shape

    def _builder(self, compiler: SQLCompiler) -> Callable[[list[Row]], list[T]]:
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return lambda rows: [
            self._shape(row) for row in (compiler.apply_converters(rows, converters) if converters else rows)
        ]


class PreparedForOne(Generic[M]):
    """`ask(ids, *values)` gives the queryset: kept ready for one id, as nearly every click asks, else built anew."""

    def __init__(self, ask: Callable[..., QuerySet[M]], *kinds: type[Value]) -> None:  # type: ignore[explicit-any]
        self._ask = ask
        self._one = Prepared(lambda pk, *values: ask([pk], *values), int, *kinds)

    def all(self, ids: Collection[int], *values: Value) -> list[M]:
        """The objects, each query anew."""
        return self._one.all(*ids, *values) if len(ids) == 1 else list(self._ask(ids, *values))


def _mark(kind: type[Value], number: int) -> Value:
    """A value that no real query holds, to find its place among the parameters."""
    if kind is int:
        return 7_700_000_000_000 + number
    return f"\u2063{number}\u2063" if kind is str else date(1, 1, 1 + number)


def _adapted(value: Value) -> object:
    return connections[DEFAULT_DB_ALIAS].ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _objects(compiler: SQLCompiler) -> Callable[[list[Row]], list[M]]:
    """What Django's own iterator does with each row, prepared once; but see `_Related`."""
    info, select = compiler.klass_info, compiler.select
    model, start, end = info["model"], info["select_fields"][0], info["select_fields"][-1] + 1
    make = _maker(model, [column[0].target.attname for column in select[start:end]])
    annotations = list((compiler.annotation_col_map or {}).items())
    converters = compiler.get_converters([column[0] for column in select])
    populators = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
    related = [_Related(populator, compiler, converters) for populator in populators]
    added = {position for _name, position in annotations}
    own = {place: how for place, how in converters.items() if start <= place < end or place in added}

    def build(rows: list[Row]) -> list[M]:
        found: list[M] = []
        known: Known = defaultdict(dict)
        for row in compiler.apply_converters(rows, own) if own else rows:
            one = make(row[start:end])
            for each in related:
                each.put(row, one, known)
            for name, position in annotations:
                setattr(one, name, row[position])
            found.append(one)
        return found

    return build


def _maker(model: type[M], names: Sequence[str]) -> Callable[[Row], M]:
    """What `from_db` makes of a row, where nobody listens to signals: a field that was not read is read when asked for.

    Django sets each field by itself, which of a recap's thousands of rows takes longer than the query.
    """

    def make(values: Row) -> M:
        one = model.__new__(model)
        one.__dict__.update(zip(names, values, strict=True))
        state = one._state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        return one

    return make


class _Related:
    """What `select_related` brings along. Rows that name the same row of another table get one object for it, made
    once: the lines of a run come with a few dozen sheets, not with one each."""

    def __init__(self, populator: RelatedPopulator, compiler: SQLCompiler, converters: Converters) -> None:
        self._of, self._compiler = populator, compiler
        self._start, self._end = populator.cols_start, populator.cols_end
        self._make = _maker(populator.model_cls, populator.init_list)
        self._converters = {
            place - self._start: how for place, how in converters.items() if self._start <= place < self._end
        }
        self._deeper = [_Related(each, compiler, converters) for each in populator.related_populators]

    def put(self, row: Row, one: Model, known: Known) -> None:
        """Set the related object of `one`, or that there is none."""
        pk = row[self._start + self._of.pk_idx]
        if pk is None:
            self._of.local_setter(one, None)
            return
        other = known[self].get(pk) or known[self].setdefault(pk, self._made(row, known))
        self._of.local_setter(one, other)
        self._of.remote_setter(other, one)

    def _made(self, row: Row, known: Known) -> Model:
        values = row[self._start : self._end]
        if self._converters:
            [values] = self._compiler.apply_converters([values], self._converters)
        other = self._make(values)
        for each in self._deeper:
            each.put(row, other, known)
        return other


Known = dict[_Related, dict[object, Model]]
Columns = list[tuple[str, "Field[object, object] | None"]]
_INSERTS: dict[tuple[type[Model], bool], tuple[str, Columns]] = {}
_UPDATES: dict[tuple[type[Model], tuple[str, ...]], tuple[str, Columns]] = {}
# What goes to the database as it stands in the object. Fields of one's own may convert, so exactly these and no heirs
# but those of whole numbers.
_AS_IT_STANDS = (CharField, TextField, BooleanField)


def insert(one: Model, *, unless_taken: bool = False) -> bool:
    """Write a new row and give the object its key: `save(force_insert=True)` where nobody listens to signals.

    unless_taken: when a row with the same unique values is there, or is committed while this one waits
    for it, write nothing and answer False.
    """
    model = type(one)
    sql, columns = _INSERTS.get((model, unless_taken)) or _INSERTS.setdefault(
        (model, unless_taken), _insertion(model, unless_taken)
    )
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(sql, _params(one, columns, connection, adding=True))  # type: ignore[arg-type]
        written = cursor.fetchone()
    if written is None:
        return False
    one.pk = written[0]
    one._state.adding, one._state.db = False, DEFAULT_DB_ALIAS
    return True


def insert_many(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write very many rows, each the values of these fields in their order; no objects are made, no keys come back.

    A foreign key is given as the other row's key. Fields that are not named must have a default in the database.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    known = {field.name: field for field in model._meta.local_concrete_fields}
    fields = [known[name] for name in names]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    table, marks = quote(model._meta.db_table), ", ".join(["%s"] * len(fields))
    converted = [(place, field) for place, field in enumerate(fields) if not _as_it_stands(field)]
    with connection.cursor() as cursor:
        sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
        cursor.executemany(sql, [_converted(row, converted, connection) for row in rows])  # type: ignore[misc]


def _converted(
    row: Sequence[object], fields: Sequence[tuple[int, Field[object, object]]], connection: BaseDatabaseWrapper
) -> list[object]:
    found = list(row)
    for place, field in fields:
        found[place] = field.get_db_prep_save(row[place], connection)
    return found


def update(one: Model, *names: str) -> None:
    """Write these fields of a row, as `save(update_fields=names)` does where nobody listens to signals."""
    model = type(one)
    sql, columns = _UPDATES.get((model, names)) or _UPDATES.setdefault((model, names), _updating(model, names))
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*_params(one, columns, connection, adding=False), one.pk])  # type: ignore[list-item]
        assert cursor.rowcount == 1, f"{one._meta.label} {one.pk} is not there any more"


def _params(one: Model, columns: Columns, connection: BaseDatabaseWrapper, *, adding: bool) -> list[object]:
    """The object's values as the database takes them."""
    return [
        getattr(one, name) if field is None else field.get_db_prep_save(field.pre_save(one, adding), connection)
        for name, field in columns
    ]


def _columns(fields: Iterable[Field[object, object]]) -> Columns:
    """Of each field the attribute, and the field itself where it has to convert what stands there."""
    return [(field.attname, None if _as_it_stands(field) else field) for field in fields]


def _as_it_stands(field: Field[object, object]) -> bool:
    if isinstance(field, ForeignKey):
        return _as_it_stands(field.target_field)
    return isinstance(field, IntegerField) or type(field) in _AS_IT_STANDS


def _insertion(model: type[Model], unless_taken: bool) -> tuple[str, Columns]:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    taken = "ON CONFLICT DO NOTHING " if unless_taken else ""
    return f"INSERT INTO {table} ({columns}) VALUES ({marks}) {taken}RETURNING {key}", _columns(fields)


def _updating(model: type[Model], names: Sequence[str]) -> tuple[str, Columns]:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    known = {field.name: field for field in model._meta.local_concrete_fields}
    fields = [known[name] for name in names]
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return f"UPDATE {table} SET {columns} WHERE {key} = %s", _columns(fields)
