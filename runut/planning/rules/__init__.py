"""What the definition of an indicator still lacks."""

from runut.planning.rules.hints import Described, Hint, hints

__all__ = ["Described", "Hint", "hints"]
