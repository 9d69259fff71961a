"""The kinds of work a step may be: a closed list. Adding one is a row here, a page, an action and a test.

Labels are source strings: a page shows them through gettext, a definition stores them as they are,
so that the content hash does not depend on the reader's language.
"""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

BACK = _("Kembalikan")
CHECK = _("Periksa")
REPAIR = _("Perbaiki angka")
MEND = _("Perbaiki")
# What came back to be judged or signed again is not mended by whoever does that.
JUDGED = ("review", "approve", "initial", "sign")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work: its verb, the labels of its two usual outcomes, and the page that carries it."""

    code: str
    label: str
    complete: str
    url_name: str
    back: str = BACK


# How a step that judges begins, and the verb on the button that leads there.
JUDGING = {
    "mereviu": _("Reviu"),
    "memverifikasi": _("Verifikasi"),
    "memvalidasi": _("Validasi"),
    "mengoreksi": _("Koreksi"),
    "menilai": _("Nilai"),
    "meneliti": _("Teliti"),
}
# What the procedures of the library write on their buttons, so that the catalogue has it.
OF_LIBRARY = (
    _("Validasi dan paraf"),
    _("Ada kesalahan setelah ditandatangani"),
    _("Lanjut menyusun LKjIP"),
    _("Akhiri di sini; LKjIP tidak disusun"),
    _("Kembalikan nilai yang keliru"),
    _("Kembalikan rekap"),
    _("Tolak menandatangani"),
    _("Data belum memadai"),
    _("Reviu selesai"),
    _("Terverifikasi"),
)
# How the label of a button begins that names an act by itself.
SENDS_BACK = ("kembali", "tolak", "minta", "ulang", "batal")


def verb_of(work: str, text: str, category: str = "", *, returned: bool = False) -> str:
    """The verb on the button that leads to a step: the kind's own, but what the step says where it judges.

    category: of the procedure; in a correction one fills in what is repaired. returned: it came back to be mended.
    """
    if returned and work not in JUDGED:
        return gettext(MEND)
    if work == "fill" and category == "correction":
        return gettext(REPAIR)
    if work != "approve":
        return gettext(KINDS[work].label)
    first = text.split(maxsplit=1)[0].casefold() if text.strip() else ""
    return gettext(JUDGING.get(first, CHECK))


def return_words(label: str) -> str:
    """The words of a return's button, an act: "Data belum memadai" becomes "Kembalikan: data belum memadai"."""
    words = gettext(label)
    if label.casefold().startswith(SENDS_BACK):
        return words
    return gettext("Kembalikan: %(why)s") % {"why": words[:1].lower() + words[1:]}


KINDS: dict[str, Kind] = {
    "instruct": Kind("instruct", _("Beri perintah"), _("Kirim perintah"), "correction:instruct"),
    "prepare": Kind("prepare", _("Siapkan formulir"), _("Formulir siap"), "collection:prepare"),
    "distribute": Kind("distribute", _("Bagikan formulir"), _("Bagikan"), "collection:distribute"),
    "fill": Kind("fill", _("Isi data kinerja"), _("Ajukan"), "collection:fill"),
    "review": Kind("review", _("Periksa data kinerja"), _("Nyatakan benar"), "collection:review"),
    "coordinate": Kind("coordinate", _("Koordinasikan"), _("Teruskan"), "sop:coordinate"),
    "plan": Kind("plan", _("Susun rencana perbaikan"), _("Tetapkan rencana"), "correction:plan"),
    "compile": Kind("compile", _("Himpun data kinerja"), _("Selesai menghimpun"), "documents:compile"),
    "analyse": Kind("analyse", _("Analisis data kinerja"), _("Selesai menganalisis"), "correction:analyse"),
    "draft": Kind("draft", _("Susun konsep dokumen"), _("Konsep selesai"), "documents:draft"),
    "report": Kind("report", _("Laporkan hasil"), _("Sampaikan laporan"), "documents:report"),
    "meet": Kind("meet", _("Adakan rapat"), _("Tetapkan hasil rapat"), "correction:meet"),
    "initial": Kind("initial", _("Bubuhkan paraf"), _("Paraf"), "documents:initial"),
    "register": Kind("register", _("Catat dalam agenda"), _("Catat"), "documents:register"),
    "approve": Kind("approve", _("Nilai dokumen"), _("Setujui"), "documents:approve"),
    "sign": Kind("sign", _("Tanda tangani dokumen"), _("Tanda tangani"), "documents:sign"),
    "publish": Kind("publish", _("Publikasikan data kinerja"), _("Publikasikan"), "publication:publish"),
    "reproduce": Kind("reproduce", _("Gandakan dokumen"), _("Selesai digandakan"), "documents:reproduce"),
    "dispatch": Kind("dispatch", _("Kirim dokumen"), _("Catat pengiriman"), "documents:dispatch"),
    "archive": Kind("archive", _("Arsipkan dokumen"), _("Arsipkan"), "documents:archive"),
    "do": Kind("do", _("Kerjakan"), _("Selesai"), "sop:do"),
}
