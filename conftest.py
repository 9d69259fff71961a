"""The test harness. The cast (people, offices, sheets) is in tests/conftest.py."""

import pytest
from hypothesis import HealthCheck, settings

from tests.harness.guard import block_network

pytest_plugins = [
    "tests.harness.scenes",
    "tests.harness.database",
    "tests.harness.server",
    "tests.harness.clock",
    "tests.harness.caches",
]

# How long an example takes says something about the machine, not about the code.
settings.register_profile("runut", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("runut")


@pytest.fixture(autouse=True, scope="session")
def no_network():
    with block_network():
        yield
