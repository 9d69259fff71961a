"""The test harness. The cast (people, offices, sheets) is in tests/conftest.py."""

import gc

import pytest
from hypothesis import HealthCheck, settings

from tests.harness.guard import block_network

pytest_plugins = [
    "tests.harness.scenes",
    "tests.harness.database",
    "tests.harness.server",
    "tests.harness.clock",
    "tests.harness.caches",
    "tests.harness.pages",
    "tests.harness.smtp",
]

# How long an example takes says something about the machine, not about the code.
settings.register_profile("runut", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("runut")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A test is named alike in every process: the bytes of a file may hold the time at which they were made."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded stays, as on the server: the search for garbage need not go through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def no_network():
    with block_network():
        yield
