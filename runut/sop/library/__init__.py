"""The SOPs that come with the product: one YAML file each, read on demand."""

from importlib.resources import files

from runut.sop.rules.definition import Definition
from runut.sop.rules.parse import load

CODES = ("inspektorat", "kemlagi", "kintom", "ngoro", "sidoarjo", "pengumpulan-unit", "pengumpulan-pegawai")


def text(code: str) -> str:
    """The file of this SOP as it is stored; KeyError when the library has none."""
    if code not in CODES:
        raise KeyError(code)
    return (files(__name__) / f"{code}.yaml").read_text(encoding="utf-8")


def read(code: str) -> Definition:
    """The definition of this SOP."""
    return load(text(code), f"{code}.yaml")
