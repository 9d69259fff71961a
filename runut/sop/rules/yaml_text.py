"""YAML as an SOP file uses it: text, whole numbers, true/false, lists and mappings, nothing else.

Plain YAML turns `no:` into a truth value, `2023-01-02` into a date and `12:30` into a number; an
officer means text. Aliases are refused: a few lines of them can unfold into gigabytes.
"""

import re
from collections.abc import Hashable

import yaml
from django.utils.translation import gettext as _

MAX_CHARS = 500_000


class UnreadableYaml(ValueError):
    """The text is no YAML we accept; the message is a sentence with the line."""


class _Loader(yaml.SafeLoader):
    """SafeLoader with four scalar types, no aliases and no repeated keys."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
            raise UnreadableYaml(_("Baris %(line)d memakai tanda “*” (alias). Tulis isinya langsung.") % {"line": line})
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                line = key.start_mark.line + 1
                text = _("Baris %(line)d: “%(key)s” ditulis dua kali. Hapus salah satunya.")
                raise UnreadableYaml(text % {"line": line, "key": key.value})
            seen.add(key.value)
        return {str(key): value for key, value in super().construct_mapping(node, deep=deep).items()}


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"0|[1-9][0-9]{0,8}", "0123456789"),
    ("null", r"~|null|", "~n"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])


def read(text: str) -> object:
    """The value written in `text`; UnreadableYaml with a sentence when it cannot be read."""
    if len(text) > MAX_CHARS:
        raise UnreadableYaml(_("Berkas terlalu besar untuk sebuah SOP. Periksa apakah berkasnya benar."))
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        text = _(
            "Penulisan berkas keliru di sekitar baris %(line)d. Periksa spasi awal baris, titik dua, dan tanda kutip."
        )
        raise UnreadableYaml(text % {"line": line}) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, UnreadableYaml):
            raise
        text = _(
            "Berkas ini tidak dapat dibaca sebagai SOP. Simpan ulang sebagai teks biasa (“teks YAML”), "
            "bukan Word atau PDF."
        )
        raise UnreadableYaml(text) from error


def write(value: object) -> str:
    """The value as YAML that `read` and every other YAML reader understand alike."""
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=110, indent=2)
