"""The words for kinds of documents, as the database stores them."""

from collections.abc import Mapping
from typing import Literal

Kind = Literal["recap", "correction", "report"]

# A report, once drafted, is what its run is about; a correction's report comes before a recap.
PRECEDENCE: Mapping[str, int] = {"report": 0, "correction": 1, "recap": 2}


def kind_of(*, category: str, has_report: bool) -> Kind:
    """Which document a run is about: the one that is initialled, signed and sent."""
    if has_report:
        return "report"
    return "correction" if category == "correction" else "recap"
