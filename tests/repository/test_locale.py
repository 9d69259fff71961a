"""Every text for people has its English, and the compiled catalogue is the written one."""

import ast
import re
from functools import cache
from pathlib import Path

import django
from babel.messages.mofile import read_mo

from tests.repository import source
from tools import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")

# Words that no English sentence has, and hardly an Indonesian one lacks.
INDONESIAN = re.compile(
    r"\b(yang|dan|belum|tidak|untuk|dengan|dari|pada|oleh|sudah|atau|ini|itu|akan|dapat|harus|bukan|anda|sebelum|"
    r"sesudah|setelah|dulu|tulis|pilih|periksa|angka|formulir|kantor|perbaikan|pegawai|tugas|langkah|kembali|simpan|"
    r"tambah|hapus|ubah|lihat|buka|semua|setiap|dokumen|nomor|tanggal|alasan|masih|bila|supaya|misalnya)\b",
    re.IGNORECASE,
)

# What is no screen: papers and releases of an office are Indonesian whoever draws them up;
# the lints and the reader of cells read Indonesian.
NOT_FOR_THE_SCREEN = (
    "runut/documents/rules/",
    "runut/lib/written.py",
    "runut/publication/rules.py",
    "runut/sop/rules/lint/",
    "runut/web/demo/",
)
WRAPPERS = {*messages.KEYWORDS, "translate", "gettext_noop"}
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)
BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
READ_ALOUD = re.compile(r"""\b(?:aria-label|title|placeholder|alt|data-label)=["']([^"']*)["']""")
MARKUP = re.compile(r"<[^>]*>", re.DOTALL)
GIVEN = re.compile(r"""\{%\s*include\b[^%]*%\}""")


def _texts(catalogue):
    def plain(value):
        return tuple(value) if isinstance(value, list | tuple) else value

    def words(context):
        # Of a compiled catalogue the library gives a context as it is stored.
        return context.decode() if isinstance(context, bytes) else context

    return {(plain(message.id), words(message.context)): plain(message.string) for message in catalogue if message.id}


written = cache(messages.catalogue)
updated = cache(messages.updated)


@cache
def _pairs():
    """Every text with its English; each form of a plural counts."""
    return [
        (msgid[-1] if isinstance(msgid, tuple) else msgid, text)
        for (msgid, _context), string in _texts(written()).items()
        for text in (string if isinstance(string, tuple) else (string,))
    ]


def test_every_text_has_its_english():
    assert messages.untranslated(updated()) == []


def test_a_concept_has_one_english_word():
    """Predikat is predicate, realisasi is actual: so the glossary says."""
    other = re.compile(r"\b(ratings?|realised|realized)\b", re.IGNORECASE)

    assert [text for _msgid, text in _pairs() if other.search(text)] == []


def test_a_form_is_called_formulir_everywhere():
    assert [msgid for msgid, _text in _pairs() if re.search(r"\bform\b", msgid, re.IGNORECASE)] == []


def test_the_catalogue_has_no_text_that_the_source_lost():
    assert set(_texts(written())) <= set(_texts(updated()))


def test_the_compiled_catalogue_is_up_to_date():
    with messages.MO.open("rb") as file:
        compiled = read_mo(file)

    assert _texts(compiled) == _texts(written())


def test_translations_keep_their_placeholders():
    wrong = [
        text
        for msgid, text in _pairs()
        if text and sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(msgid))
    ]

    assert wrong == []


def test_translations_keep_the_spaces_around_them():
    wrong = [text for msgid, text in _pairs() if text and text != msgid.replace(msgid.strip(), text.strip())]

    assert wrong == []


def test_no_indonesian_is_left_in_the_english():
    wrong = [text for _msgid, text in _pairs() if INDONESIAN.search(PLACEHOLDER.sub("", text))]

    assert wrong == []


def test_no_text_means_something_else_in_djangos_indonesian():
    """A text such as "No" would come out as "Tidak": Django's catalogue has it, ours of Indonesian does not exist."""
    ours = {msgid for msgid, _text in _pairs()}
    catalogues = Path(django.__file__).parent.glob("**/locale/id/LC_MESSAGES/django.mo")
    shared = {}
    for path in catalogues:
        with path.open("rb") as file:
            known = {msgid: text for (msgid, context), text in _texts(read_mo(file)).items() if not context}
        shared |= {msgid: known[msgid] for msgid in ours & known.keys() if known[msgid] != msgid}

    assert shared == {}


def _bare(template):
    """What a template says outside its translations, in text, attributes and arguments of components."""
    template = BLOCK.sub("", COMMENT.sub("", template))
    yield from (word for tag in GIVEN.findall(template) for word in re.findall(r'=\s*"([^"/:]*)"', tag))
    template = TAG.sub("", template)
    yield from READ_ALOUD.findall(template)
    yield from MARKUP.split(template)


def test_templates_say_nothing_outside_translations():
    wrong = [
        f"{name}: {text.strip()}"
        for name, template in source.texts().items()
        if name.startswith("runut/templates/") and name.endswith(".html")
        for text in _bare(template)
        if INDONESIAN.search(text)
    ]

    assert wrong == []


def _literals(node):
    """Texts in code that no translation wraps; docstrings are left out."""
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in WRAPPERS:
            return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
        yield node.value
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _literals(child)


def test_code_says_nothing_outside_translations():
    wrong = [
        f"{name}: {text}"
        for name, tree in source.trees().items()
        if name.startswith("runut/") and "/migrations/" not in name and not name.startswith(NOT_FOR_THE_SCREEN)
        for text in _literals(tree)
        if INDONESIAN.search(text)
    ]

    assert wrong == []
