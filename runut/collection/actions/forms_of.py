"""The forms themselves: sheets, figures and lines as rows, from the plan or from what must be corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.collection.models import Figure, FormEdition, Line, Measure, Period, Sheet, SheetKind, Value
from runut.collection.queries import holding_values
from runut.collection.rules import Quarterly, WholeYear, named_quarters, whole_year
from runut.collection.rules.sheets import LONGEST_NOTE
from runut.lib.errors import Refused
from runut.organisation.permissions import Actor
from runut.planning.models import IndicatorVersion
from runut.planning.queries import Promise
from runut.sop.models import Run

BATCH = 500
# Up to so many members are named in a query; beyond, all of the year is read.
FEW = 200
# What the form says of what the plan does not measure in its period.
NOT_EXPECTED = gettext_noop("Menurut rencana tidak diukur pada periode ini.")


def make_sheets(
    period: Period,
    promises: Mapping[int, Sequence[Promise]],
    members: Sequence[int],
    edition: FormEdition | None = None,
) -> list[Sheet]:
    """A sheet per member with a figure and a line per indicator. A constant number of statements per batch.

    promises: as the edition asks for them.
    """
    prefix = "u" if period.basis == "unit" else "p"
    sheets = Sheet.objects.bulk_create(
        [_sheet(period, period.collected_by, f"{prefix}{pk}", SheetKind.COLLECTION, edition) for pk in members],
        batch_size=BATCH,
    )
    figures = Figure.objects.bulk_create(
        [
            _figure(sheet, promise, no)
            for sheet, pk in zip(sheets, members, strict=True)
            for no, promise in enumerate(promises[pk], start=1)
        ],
        batch_size=BATCH,
    )
    of_member = {sheet.member: sheet for sheet in sheets}
    measured = [promise.measured for pk in members for promise in promises[pk]]
    versions = {(figure.indicator.indicator_id, figure.member): figure.indicator for figure in figures}
    gathered = gathered_year(period, versions)
    amounts = [gathered.get((figure.indicator.indicator_id, figure.member)) for figure in figures]
    Line.objects.bulk_create(
        [
            _line(of_member[figure.member], figure, amount, expected)
            for figure, amount, expected in zip(figures, amounts, measured, strict=True)
        ],
        batch_size=BATCH,
    )
    return sheets


def _sheet(period: Period, run: Run, member: str, kind: str, edition: FormEdition | None = None) -> Sheet:
    pk = int(member[1:])
    return Sheet(
        instansi_id=period.instansi_id,
        period=period,
        run=run,
        kind=kind,
        edition=edition,
        member=member,
        unit_id=pk if member.startswith("u") else None,
        pegawai_id=pk if member.startswith("p") else None,
    )


def _figure(sheet: Sheet, promise: Promise, no: int) -> Figure:
    return Figure(
        instansi_id=sheet.instansi_id,
        period=sheet.period,
        indicator=promise.version,
        member=sheet.member,
        unit_id=sheet.unit_id,
        pegawai_id=sheet.pegawai_id,
        no=no,
        target=promise.target,
        target_text=promise.target_text,
        annual_target=promise.annual_target,
        annual_target_text=promise.annual_target_text,
    )


def _line(sheet: Sheet, figure: Figure, gathered: WholeYear | None, expected: bool) -> Line:
    line = Line(instansi_id=sheet.instansi_id, sheet=sheet, figure=figure)
    fill_beforehand(line, gathered, expected, sheet.period.office.terms)
    return line


def fill_beforehand(line: Line, gathered: WholeYear | None, expected: bool, terms: Mapping[str, object]) -> None:
    """What stands in a line before anybody types: a year's value from its quarters, or that none is expected."""
    line.amount, line.text, line.numerator, line.denominator = None, "", None, None
    line.measure, line.note = Measure.NOT_FILLED, ""
    if gathered is not None and gathered.amount is not None:
        line.amount, line.measure = gathered.amount, Measure.MEASURED
        line.numerator, line.denominator = gathered.parts.numerator, gathered.parts.denominator
        said = gettext_noop("Dihitung dari nilai %(quarters)s.")
        if not gathered.parts.is_empty:
            said = gettext_noop("Dihitung dari pembilang dan penyebut %(quarters)s.")
        told = said % {"quarters": named_quarters(gathered.quarters, terms)}
        full = f"{told} {gathered.words}".strip()
        line.note = full if len(full) <= LONGEST_NOTE else told
    elif gathered is not None and gathered.reason:
        line.note = gathered.reason
    elif not expected:
        line.measure, line.note = Measure.NOT_MEASURED, NOT_EXPECTED


def gathered_year(
    period: Period, versions: Mapping[tuple[int, str], IndicatorVersion]
) -> dict[tuple[int, str], WholeYear]:
    """What the quarters of a year's period give together, by indicator and member; of a quarter nothing.

    versions: by which the year is measured, by the same. Quarters whose value was of another type are no part of it.
    """
    if period.quarter or not versions:
        return {}
    figures = Figure.objects.filter(
        period__office=period.office_id, period__year=period.year, period__basis=period.basis,
        period__quarter__gte=1, period__void=False,
    )  # fmt: skip
    members = {member for _indicator, member in versions}
    if len(members) <= FEW:
        figures = figures.filter(member__in=members)
    rows, terms = holding_values(figures), period.office.terms
    measured: dict[tuple[int, str], list[Quarterly]] = defaultdict(list)
    for figure in figures.select_related("indicator", "period").order_by("period__quarter"):
        place, row = (figure.indicator.indicator_id, figure.member), rows.get(figure.pk)
        version = versions.get(place)
        if version is None or version.value_type != figure.indicator.value_type:
            continue
        if row is not None and row.measure == Measure.MEASURED and row.amount is not None:
            measured[place].append(Quarterly(figure.period.quarter, row.amount, row.parts))
    with translation.override("id"):
        return {place: whole_year(quarters, versions[place], terms) for place, quarters in measured.items()}


@transaction.atomic
def make_correction_sheets(
    *, run: Run, period: Period, by: Actor, items: Sequence[tuple[str, Figure, Value]]
) -> list[Sheet]:
    """Sheets of a correction run, holding only the lines to be repaired.

    items: who repairs ("p7", "u3"), the figure, and the version that is wrong; its note stands in the line until
    whoever repairs writes another. Called again it adds what is missing; a figure that somebody else of this run
    repairs already is refused.
    """
    if not items:
        raise Refused(_("Belum ada angka yang akan diperbaiki. Pilih dulu angkanya."))
    known = {sheet.member: sheet for sheet in Sheet.objects.filter(run=run, period=period)}
    _check_one_repairer(run, items)
    fresh = [member for member in dict.fromkeys(member for member, _f, _v in items) if member not in known]
    made = Sheet.objects.bulk_create([_sheet(period, run, member, SheetKind.CORRECTION) for member in fresh])
    known |= {sheet.member: sheet for sheet in made}
    present = set(Line.objects.filter(sheet__run=run).values_list("sheet__member", "figure"))
    Line.objects.bulk_create(
        [
            Line(
                instansi_id=run.instansi_id,
                sheet=known[member],
                figure=figure,
                corrects=value,
                note=_note_kept(value),
            )
            for member, figure, value in items
            if (member, figure.pk) not in present
        ],
        batch_size=BATCH,
    )
    record(
        "sheets.opened_for_correction",
        subject=run,
        by=by,
        after={"items": [[member, figure.pk, value.pk] for member, figure, value in items]},
    )
    return [known[member] for member in dict.fromkeys(member for member, _f, _v in items)]


def _note_kept(value: Value) -> str:
    """What is said beside a number goes on being said; why there was none does not."""
    return value.note if value.measure == Measure.MEASURED else ""


def _check_one_repairer(run: Run, items: Sequence[tuple[str, Figure, Value]]) -> None:
    rows = Line.objects.filter(sheet__run=run).values_list("figure", "sheet__member")
    holder = dict(rows)
    for member, figure, _value in items:
        if holder.setdefault(figure.pk, member) != member:
            raise Refused(
                _("Satu angka hanya diperbaiki oleh satu orang. “%(name)s” sudah ditugaskan kepada yang lain.")
                % {"name": figure.indicator.name}
            )
