"""A workbook that somebody sends: as a file, or its table, or the sentence that says why it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.lib.errors import Refused
from runut.lib.fields import OfficerForm
from runut.lib.reading import Sign
from runut.lib.tables import MOST_BYTES, read_table


class SignField(forms.ChoiceField):
    """The decimal sign in which a table writes its numbers: comma, dot, or None for what the table itself tells."""

    SIGNS = (
        ("", gettext_lazy("Kenali dari tabelnya")),
        ("comma", gettext_lazy("Koma: 94,5")),
        ("dot", gettext_lazy("Titik: 94.5")),
    )

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Tanda desimal"),
            choices=self.SIGNS,
            required=False,
            widget=forms.RadioSelect,
            initial="",
        )

    def clean(self, value: object) -> Sign | None:
        """The sign, or None."""
        chosen = super().clean(value)
        return "dot" if chosen == "dot" else "comma" if chosen == "comma" else None


class TableFileForm(OfficerForm):
    """A workbook or CSV that is read later. `cleaned_data` has `file` and `sign`."""

    file = forms.FileField(
        label=gettext_lazy("Berkas Excel atau CSV"),
        help_text=gettext_lazy(".xlsx, .xls, .ods, atau .csv"),
        error_messages={"required": gettext_lazy("Pilih berkasnya."), "empty": gettext_lazy("Berkas ini kosong.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )
    sign = SignField()

    def clean(self) -> dict[str, object]:
        file = self.cleaned_data.get("file")
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", _("Berkas ini lebih besar dari 20 MB. Bagi menjadi beberapa berkas."))
        return self.cleaned_data


class WorkbookForm(TableFileForm):
    """A workbook or CSV that is read at once. `cleaned_data` has `file`, `sign` and `table`."""

    # Headings of the sheet that is meant, where a workbook has several.
    wanted: Sequence[str] = ()

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if "file" in data:
            try:
                data["table"] = read_table(self.cleaned_data["file"].read(), self.wanted)
            except Refused as refusal:
                self.add_error("file", refusal.sentence)
        return data
