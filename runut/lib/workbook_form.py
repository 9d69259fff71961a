"""A workbook that somebody sends: its table, or the sentence that says why it cannot be read."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.lib.errors import Refused
from runut.lib.fields import OfficerForm
from runut.lib.tables import MOST_BYTES, read_table


class WorkbookForm(OfficerForm):
    """A workbook or CSV. `cleaned_data` has `file` and `table`."""

    file = forms.FileField(
        label=gettext_lazy("Berkas Excel atau CSV"),
        help_text=gettext_lazy(".xlsx, .xls, .ods, atau .csv"),
        error_messages={"required": gettext_lazy("Pilih berkasnya."), "empty": gettext_lazy("Berkas ini kosong.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )

    def clean(self) -> dict[str, object]:
        data = self.cleaned_data
        file = data.get("file")
        if file is None:
            return data
        try:
            if file.size > MOST_BYTES:
                raise Refused(_("Berkas ini lebih besar dari 20 MB. Bagi menjadi beberapa berkas."))
            data["table"] = read_table(file.read())
        except Refused as refusal:
            self.add_error("file", refusal.sentence)
        return data
