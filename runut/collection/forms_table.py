"""The form of "Periksa tabel"."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.lib.errors import Refused
from runut.lib.fields import OfficerForm
from runut.lib.tables import MOST_BYTES, Table, read_table, table_of
from runut.lib.workbook_form import SignField

# What a page still shows at once; a longer table goes through the command line.
MOST_ROWS = 1000


class TableForm(OfficerForm):
    """A table from the clipboard or from a file. `cleaned_data` has `table` and `sign` (dot, comma or None)."""

    text = forms.CharField(
        label=gettext_lazy("Tempel tabel"),
        help_text=gettext_lazy(
            "Salin dari Excel atau dari dokumen, termasuk baris judulnya: Indikator, Target, Realisasi, Capaian."
        ),
        required=False,
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "code"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Atau pilih berkas"),
        help_text=gettext_lazy("Excel (.xlsx, .xls), LibreOffice (.ods), atau CSV; paling besar 20 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )
    sign = SignField()

    def clean(self) -> dict[str, object]:
        data = self.cleaned_data
        if self.errors:
            return data
        try:
            data["table"] = self._table()
        except Refused as refusal:
            self.add_error("file" if data.get("file") else "text", refusal.sentence)
        return data

    def _table(self) -> Table:
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        if file and file.size > MOST_BYTES:
            raise Refused(_("Berkas ini lebih besar dari 20 MB. Bagi menjadi beberapa berkas."))
        if not file and not text.strip():
            raise Refused(_("Tempel tabelnya, atau pilih berkasnya."))
        table = read_table(file.read()) if file else table_of(text)
        if len(table.rows) > MOST_ROWS:
            raise Refused(_("Halaman ini memeriksa paling banyak 1.000 baris. Bagi tabelnya."))
        return table
