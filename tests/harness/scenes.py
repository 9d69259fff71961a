"""Scenes: what many tests start from, built once and kept between them.

A scene is a fixture whose rows lie in an open transaction, each scene in a savepoint on top of the one it is built on.
A test works in a savepoint of its own that is rolled back, on its own copies of the scene's objects, at the moment at
which the scene ended. Tests of one scene run one after another, so that a process builds it once.

A test that asks for a database of its own (`committed_db`) has its scenes built there, afresh.
"""

import copy
import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone


@dataclass
class _Kept:
    """A scene that stands: what it was built by, whether on a stopped clock, its objects, and when it ended."""

    build: Callable[..., object]
    frozen: bool
    objects: object
    moment: datetime
    savepoint: ExitStack


class Stage:
    """The scenes that stand now, each on top of the one before it."""

    def __init__(self) -> None:
        self.standing: list[_Kept] = []
        self.used = 0
        self.playing = False
        self._copies: dict[int, object] = {}

    @contextmanager
    def performance(self, scenes: Callable[[], None]) -> Iterator[None]:
        """Raise the scenes and let a test play on them; whatever it does is rolled back."""
        self.used, self.playing, self._copies = 0, True, {}
        try:
            scenes()
            self.strike(down_to=self.used)
            with transaction.atomic():
                yield
                if not connection.needs_rollback:
                    connection.check_constraints()
                transaction.set_rollback(True)
        finally:
            self.playing = False

    def show(self, build: Callable[..., object], clock: object, asked: tuple[str, ...]) -> object:
        """The test's own copy of a scene's objects; the scene is built where it does not stand yet."""
        kept = self.standing[self.used] if self.used < len(self.standing) else None
        if kept is None or kept.build is not build or kept.frozen != (clock is not None):
            self.strike(down_to=self.used)
            kept = self._build(build, clock, asked)
        self.used += 1
        if clock is not None:
            clock.move_to(kept.moment)
        return copy.deepcopy(kept.objects, self._copies)

    def _build(self, build: Callable[..., object], clock: object, asked: tuple[str, ...]) -> _Kept:
        below = {kept.build.__name__: kept.objects for kept in self.standing}
        savepoint = ExitStack()
        savepoint.enter_context(transaction.atomic())
        savepoint.callback(transaction.set_rollback, True)
        try:
            objects = build(**{name: clock if name == "frozen_time" else below[name] for name in asked})
        except BaseException:
            savepoint.close()
            raise
        kept = _Kept(build, clock is not None, objects, timezone.now(), savepoint)
        self.standing.append(kept)
        return kept

    def strike(self, down_to: int = 0) -> None:
        while len(self.standing) > down_to:
            self.standing.pop().savepoint.close()


_SHOWN: set[Callable[..., object]] = set()


def scene(build: Callable[..., object]) -> Callable[..., object]:
    """Make `build` a fixture that is a scene; its parameters are other scenes, and `frozen_time` to move the clock."""
    asked = tuple(inspect.signature(build).parameters)

    def show(request: pytest.FixtureRequest, **_given: object) -> object:
        stage = request.getfixturevalue("stage")
        if not stage.playing:
            return build(**_given)
        clock = request.getfixturevalue("frozen_time") if "frozen_time" in request.fixturenames else None
        return stage.show(build, clock, asked)

    parameters = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in asked]
    own = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    show.__signature__ = inspect.Signature([own, *parameters])
    _SHOWN.add(show)
    return pytest.fixture(name=build.__name__)(show)


def scenes_of(item: pytest.Item) -> tuple[str, ...]:
    """The names of the scenes a test is played on, the lowest first."""
    fixtures = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    return tuple(name for name in item.fixturenames if name in fixtures and fixtures[name][-1].func in _SHOWN)


@pytest.fixture(scope="session")
def stage(django_db_setup: None, django_db_blocker: object) -> Iterator[Stage]:
    """This process's scenes."""
    stage = Stage()
    yield stage
    with django_db_blocker.unblock():
        stage.strike()
