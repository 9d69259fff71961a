"""Reads one mapping of an SOP file and notes every problem instead of stopping at the first."""

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from runut.sop.rules.file_words import choice_in_words, key_in_words

T = TypeVar("T", bound=str)
# So much of what stands in the wrong place is quoted.
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where, and a sentence that says what is wrong and what to do."""

    file: str
    step: str
    code: str
    message: str

    def __str__(self) -> str:
        if not self.step:
            return f"{self.file}: {self.message}"
        place = _("%(file)s, langkah “%(step)s”") % {"file": self.file, "step": self.step}
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Node:
    """A mapping from the file, the place it stands in, and the list its problems go to."""

    data: Mapping[str, object]
    file: str
    problems: list[Problem]
    step: str = ""

    def wrong(self, code: str, message: str) -> None:
        self.problems.append(Problem(self.file, self.step, code, message))

    def only(self, allowed: Collection[str]) -> None:
        """Note every key that does not belong here, with the likeliest spelling."""
        for key in self.data:
            if key in allowed:
                continue
            near = difflib.get_close_matches(str(key), list(allowed), n=1)
            if near:
                text = _("tulisan “%(key)s” tidak dikenal. Mungkin maksudnya %(near)s.")
                self.wrong("unknown-key", text % {"key": key, "near": key_in_words(near[0])})
            else:
                text = _("tulisan “%(key)s” tidak dikenal. Hapus, atau pakai nama bagian menurut halaman Bantuan.")
                self.wrong("unknown-key", text % {"key": key})

    def text(self, key: str, *, required: bool = False) -> str:
        value = self.data.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool):
            clean = str(value).strip()
            if clean or not required:
                return clean
        elif value is not None:
            self.wrong("not-text", _("%(key)s harus berupa teks. Tulis di antara tanda kutip.") % _named(key))
            return ""
        if required:
            self.wrong("missing", _("%(key)s belum diisi. Tambahkan.") % _named(key))
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of sentences; a single sentence may stand without the list."""
        value = self.data.get(key)
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        if all(isinstance(item, str | int) and not isinstance(item, bool) for item in items):
            return tuple(str(item).strip() for item in items)
        self.wrong("not-a-list", _("%(key)s harus berupa daftar teks, satu baris per butir.") % _named(key))
        return ()

    def choice(self, key: str, allowed: Sequence[T], default: T | None = None) -> T | None:
        """One of the allowed words; the default when absent, None (noted) when wrong or missing."""
        value = self.data.get(key)
        if value is None and default is not None:
            return default
        for word in allowed:
            if value == word:
                return word
        choices = {"allowed": ", ".join(map(choice_in_words, allowed))}
        if value is None:
            text = _("%(key)s belum diisi. Pilih salah satu dari: %(allowed)s.")
        else:
            text = _("%(key)s berisi “%(value)s”. Pilih salah satu dari: %(allowed)s.")
        self.wrong("not-allowed", text % {**_named(key), "value": value, **choices})
        return None

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.data.get(key, default)
        if isinstance(value, bool):
            return value
        self.wrong("not-a-flag", _("%(key)s hanya ya atau tidak. Di berkas tertulis true atau false.") % _named(key))
        return default

    def number(self, key: str, *, least: int = 0) -> int | None:
        """A whole number of at least `least`; None when absent or wrong (noted)."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        text = _("%(key)s harus bilangan bulat, paling kecil %(least)d.")
        self.wrong("not-a-number", text % {**_named(key), "least": least})
        return None

    def child(self, key: str) -> "Node":
        """The mapping under `key`; an empty one (noted) when it is something else."""
        value = self.data.get(key)
        if value is not None and not isinstance(value, dict):
            text = _("%(key)s harus berupa beberapa baris, masing-masing nama bagian, titik dua, dan isinya.")
            self.wrong("not-a-mapping", text % _named(key))
        return Node(value if isinstance(value, dict) else {}, self.file, self.problems, self.step)

    def children(self, key: str, *, required: bool = False) -> list["Node"]:
        """The mappings listed under `key`."""
        value = self.data.get(key)
        if value is None and not required:
            return []
        if not isinstance(value, list) or not value:
            text = _("%(key)s harus berupa daftar dan tidak boleh kosong. Awali setiap butir dengan tanda “-”.")
            self.wrong("not-a-list", text % _named(key))
            return []
        for at, item in enumerate(value, start=1):
            if not isinstance(item, dict):
                text = _(
                    "Butir ke-%(at)d pada %(key)s berisi “%(value)s”, tanpa nama bagian. Tulis beberapa baris, "
                    "masing-masing nama bagian, titik dua, dan isinya."
                )
                self.wrong("not-a-mapping", text % {**_named(key), "at": at, "value": str(item)[:SHOWN]})
        return [Node(item, self.file, self.problems, self.step) for item in value if isinstance(item, dict)]


def _named(key: str) -> dict[str, str]:
    return {"key": key_in_words(key)}
