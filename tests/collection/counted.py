"""An indicator as the calculation sees it."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Version:
    polarity: str = "positive"
    value_type: str = "number"
    decimals: int = 2
    cap: Decimal | None = None
    scale: list = field(default_factory=list)
    method: str = ""
    own_scale: object = None
