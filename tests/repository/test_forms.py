"""Every form speaks the house's words: none goes past its base."""

from importlib import import_module
from pathlib import Path

from django import forms

from runut.lib.fields import OfficerForm
from runut.lib.uploads import DOCX, JPG, PDF, PNG, XLSX, accepted, upload_hint
from runut.web.middleware import CHOSEN, NOT_WRITTEN
from tests.repository.source import ROOT

CLUMSY = ("Bidang ini", "Masukkan keseluruhan", "Pastikan nilai ini", "This field")


def _modules():
    for path in sorted((ROOT / "runut").rglob("*.py")):
        if path.stem.startswith("forms") or path.parent.name == "forms" or path.stem == "workbook_form":
            yield ".".join(Path(path).relative_to(ROOT).with_suffix("").parts)


def _forms():
    for name in _modules():
        import_module(name)
    found, todo = set(), [forms.Form]
    while todo:
        below = todo.pop().__subclasses__()
        found |= {one for one in below if one.__module__.startswith("runut.")}
        todo += below
    return found


def test_every_form_has_the_houses_base():
    assert [form.__name__ for form in _forms() if not issubclass(form, OfficerForm)] == []
    assert len(_forms()) > 40


def test_the_frameworks_sentences_appear_on_no_form(settings):
    class Everything(OfficerForm):
        number = forms.IntegerField(max_value=5)
        other = forms.IntegerField(max_value=5)
        words = forms.CharField(max_length=3)
        missing = forms.CharField()
        choice = forms.ChoiceField(choices=[("a", "A")])
        several = forms.MultipleChoiceField(choices=[("a", "A")])
        file = forms.FileField()

    form = Everything({"number": "empat", "other": "9", "words": "panjang", "choice": "b", "several": ["b"]})

    said = [str(error) for errors in form.errors.values() for error in errors]
    assert len(said) == 7
    assert [words for words in said if words.startswith(CLUMSY)] == []
    assert "Terlalu panjang: paling banyak 3 huruf, sekarang 7." in said


def test_a_field_added_after_the_form_was_made_speaks_the_same_words():
    class Later(OfficerForm):
        def __init__(self, *args):
            super().__init__(*args)
            self.fields["count"] = forms.IntegerField()

    assert Later({"count": "x"}).errors["count"] == ["Isi dengan angka bulat."]
    assert Later({"count": ""}).errors["count"] == ["Bagian ini belum diisi."]


def test_a_hint_and_a_refusal_name_the_same_kinds_of_files():
    assert str(upload_hint((PDF, JPG, PNG, XLSX, DOCX))) == (
        "PDF, foto (JPG, PNG), Excel (XLSX), Word (DOCX); paling besar 10 MB."
    )
    assert accepted((PDF, JPG)) == ".pdf,.jpg,.jpeg"


def test_what_is_chosen_in_a_form_is_not_given_back_as_words_when_it_comes_too_late():
    """A list of what was written would show ids and codes of ours. Names that another form has people write in stay."""
    chosen, written = set(), set()
    for form in _forms():
        for name, field in form.base_fields.items():
            (chosen if isinstance(field, forms.ChoiceField | forms.BooleanField) else written).add(name)

    shown = {name for name in chosen - written if name not in CHOSEN and not name.startswith(NOT_WRITTEN)}

    assert shown == set()
    assert not written & CHOSEN
