"""Rules about the identity block and the boxes around the flow."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.nip import LENGTH, read_nip
from runut.sop.rules.definition import Definition
from runut.sop.rules.finding import Finding
from runut.sop.rules.lint import data
from runut.sop.rules.lint.read import error, plain, warning

NIP = re.compile(r"\bNIP\b[.: ]*([0-9][0-9 .]*)", re.IGNORECASE)
REPORT_YEAR = re.compile(r"\b(?:lakip|lkjip|lkj)\b.*?\b(?:tahun\s+)?(20\d\d)\b", re.IGNORECASE)
PERIOD = re.compile(r"\brenstra\b.*?\b20\d\d\s*[-\u2013]\s*20\d\d\b", re.IGNORECASE)
YOUNG = 20
IDENTITY = ("number-missing", "number-incomplete", "date-missing")


def number_is_complete(definition: Definition, office: str) -> Iterator[Finding]:
    number = definition.header.number
    if not number:
        yield error("number-missing", "", _("Nomor SOP belum ada. Isi sebelum SOP disahkan."))
    elif any(not part.strip(" .-") for part in number.split("/")):
        text = _("Nomor SOP “%(number)s” belum lengkap. Isi bagian yang kosong sebelum SOP disahkan.")
        yield error("number-incomplete", "", text % {"number": number})


def identity_gaps(definition: Definition) -> list[Finding]:
    """What the identity lacks so that nobody may ratify it: a whole number, and the day it was made (R-NGORO-2)."""
    found = [*number_is_complete(definition, ""), *dates_are_there_and_in_order(definition, "")]
    return [finding for finding in found if finding.code in IDENTITY]


def dates_are_there_and_in_order(definition: Definition, office: str) -> Iterator[Finding]:
    """Made before effective; a revision between the two is a draft revised before it took effect."""
    header = definition.header
    if not header.made_on:
        yield error("date-missing", "", _("Tanggal pembuatan belum ada. Isi sebelum SOP disahkan."))
    if not header.effective_on:
        yield error("effective-missing", "", _("Tanggal efektif atau pengesahan belum ada. Isi sebelum diberlakukan."))
    elif header.made_on and header.effective_on < header.made_on:
        yield error("dates-order", "", _("Tanggal efektif mendahului tanggal pembuatan. Periksa kedua tanggal itu."))


def nip_is_plausible(definition: Definition, office: str) -> Iterator[Finding]:
    """18 digits; an appointment at a very young age is possible, so only a warning."""
    header = definition.header
    for line in (header.ratified_by, *header.approvals):
        for match in NIP.finditer(line):
            digits = re.sub(r"\D", "", match[1])
            try:
                nip = read_nip(digits)
            except Refused as refusal:
                yield error("nip-length" if len(digits) != LENGTH else "nip-wrong", "", refusal.sentence)
                continue
            if nip.appointed_year - nip.born.year < YOUNG:
                text = _("NIP menunjukkan pengangkatan sebelum usia %(age)d tahun. Periksa; mungkin memang benar.")
                yield warning("nip-age", "", text % {"age": YOUNG})


def sections_are_there(definition: Definition, office: str) -> Iterator[Finding]:
    header = definition.header
    missing = [name for box, name in data.SECTIONS.items() if not getattr(header, box)]
    if not missing:
        return
    names = ", ".join(missing)
    if header.layout == "iso":
        text = _("Bagian %(names)s tidak ada. Pada tata letak ini boleh kosong; lengkapi bila perlu.")
    else:
        text = _("Bagian %(names)s tidak ada. Formulir SOP AP memintanya; lengkapi.")
    yield warning("section-missing", "", text % {"names": names})


def section_numbers_differ(definition: Definition, office: str) -> Iterator[Finding]:
    numbers = [match[1] for line in definition.header.headings if (match := re.match(r"(\d+)\.?\s+\D", line))]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        text = _("Dua bagian bernomor %(number)s. Pada cetakan, nomor bagian dibuat oleh sistem.")
        yield warning("section-number", "", text % {"number": number})


def revision_is_said_once(definition: Definition, office: str) -> Iterator[Finding]:
    said = {
        match[1]
        for line in definition.header.headings
        if (match := re.search(r"\b(?:no\.?\s*rev\.?|revisi)\s*:?\s*(\S+)$", line, re.IGNORECASE))
    }
    if len(said) > 1:
        text = _("Nomor revisi ditulis berbeda-beda (%(said)s). Pakai satu angka.")
        yield warning("revision-twice", "", text % {"said": ", ".join(sorted(said))})


def headings_agree_with_the_title(definition: Definition, office: str) -> Iterator[Finding]:
    title = plain(definition.title).removeprefix("sop ")
    for line in definition.header.headings:
        heading = plain(line)
        if heading.startswith("sop ") and heading.removeprefix("sop ") != title:
            text = _("Judul “%(title)s” berbeda dengan judul tabel “%(heading)s”. Pilih satu.")
            yield warning("title-variants", "", text % {"title": definition.title, "heading": line})


def qualifications_belong_here(definition: Definition, office: str) -> Iterator[Finding]:
    """Qualifications taken over from another SOP share no word with this one's title or field."""
    rows = definition.header.qualifications
    if not rows:
        return
    words = {word for row in rows for word in re.findall(r"[a-z]{4,}", row.casefold())}
    title = set(re.findall(r"[a-z]{4,}", definition.title.casefold())) - data.STOP_WORDS
    if not any(re.search(data.ABILITY, row, re.IGNORECASE) for row in rows):
        yield warning("qualification-actors", "", _("Kualifikasi berisi daftar pelaku. Tulis kemampuannya."))
    elif not words & (title | data.COMMON_SKILLS):
        text = _("Kualifikasi tidak berhubungan dengan judul SOP. Mungkin tersalin dari SOP lain; perbaiki.")
        yield warning("qualification-foreign", "", text)


def relations_are_distinct(definition: Definition, office: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for row in definition.header.related:
        short = re.sub(r"\s*\b(?:tahun\s+)?20\d\d\b", "", plain(row))
        names = {name.strip() for name in short.split("/")}
        if names & seen:
            text = _("Keterkaitan “%(row)s” sudah disebut. Hapus salah satunya.")
            yield warning("related-duplicate", "", text % {"row": row})
        seen |= names


def report_is_older_than_the_sop(definition: Definition, office: str) -> Iterator[Finding]:
    """A report of year Y exists only from Y + 1 on."""
    made_on = definition.header.made_on
    if not made_on:
        return
    year = date.fromisoformat(made_on).year
    for row in definition.header.related:
        match = REPORT_YEAR.search(row)
        if match and int(match[1]) >= year:
            text = _("“%(row)s” belum mungkin ada saat SOP ini dibuat (%(year)d). Periksa tahunnya.")
            yield warning("report-year", "", text % {"row": row, "year": year})


def period_is_not_fixed(definition: Definition, office: str) -> Iterator[Finding]:
    header = definition.header
    for row in (*header.purpose, *header.scope, *header.related, *header.definition):
        if PERIOD.search(row):
            text = _("Tahun Renstra tertulis tetap. Tulis “Renstra yang berlaku” agar SOP tidak usang.")
            yield warning("period-fixed", "", text)
            return


def data_level_is_clear(definition: Definition, office: str) -> Iterator[Finding]:
    header = definition.header
    boxes = " ".join((*header.purpose, *header.scope, *header.related, *header.definition)).casefold()
    if definition.subject == "unit" and "pegawai negeri sipil" in boxes and "tingkat pegawai" not in boxes:
        text = _("SOP ini tentang data unit kerja tetapi menyebut data pegawai. Jelaskan tingkat mana yang dimaksud.")
        yield warning("subject-mixed", "", text)


def duties_are_separate(definition: Definition, office: str) -> Iterator[Finding]:
    for role, duties in definition.header.responsibilities:
        joined = plain(" ".join(duties))
        repairs = re.search(r"\b(?:melaksanakan perbaikan|memperbaiki)\b", joined)
        if repairs and re.search(r"\b(?:validasi|memvalidasi)\b", joined):
            text = _("%(role)s memperbaiki dan memvalidasi data yang sama. Sebaiknya penilainya orang lain.")
            yield warning("no-separation", "", text % {"role": role})


def duty_holders_are_defined(definition: Definition, office: str) -> Iterator[Finding]:
    roles = plain(" ".join(role for role, _duties in definition.header.responsibilities))
    for role, duties in definition.header.responsibilities:
        loose = re.search(r"\bpenanggung ?jawab\b(?! kegiatan)", plain(" ".join(duties)))
        if loose and not re.search(r"\bpenanggung ?jawab\b", roles):
            text = _("Tugas %(role)s menyebut penanggung jawab tanpa menjelaskan siapa. Sebut jabatannya.")
            yield warning("undefined-role", "", text % {"role": role})
