"""The test harness. The cast (people, offices, sheets) is in tests/conftest.py."""

import pytest

from tests.harness.guard import block_network

pytest_plugins = [
    "tests.harness.scenes",
    "tests.harness.database",
    "tests.harness.server",
    "tests.harness.clock",
    "tests.harness.caches",
]


@pytest.fixture(autouse=True, scope="session")
def no_network():
    with block_network():
        yield
