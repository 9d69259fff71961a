"""What a process keeps in memory is forgotten between tests: keys repeat from one database to the next."""

import pytest


@pytest.fixture(autouse=True)
def fresh_memory():
    from runut.organisation import calendars
    from runut.sop.queries import definitions

    calendars._CALENDARS.clear()
    definitions._DEFINITIONS.clear()
    definitions._LANES.clear()
