"""Whom a copy of a document is for."""

KEPT = ("arsip", "pertinggal")


def is_kept(meant_for: str) -> bool:
    """Whether it is the copy that the office keeps itself, and sends to nobody: "Arsip", "Pertinggal bagian"."""
    return meant_for.strip().casefold().startswith(KEPT)
