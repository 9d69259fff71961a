"""What a check of an SOP may say about one place in it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence for the officer.

    An error of `soundness`, or one about number and day of the identity, keeps the SOP from being put in force.
    """

    level: Literal["error", "warning"]
    code: str
    step: str
    message: str
