"""Numbers for the cast: a plan with indicators and targets, and a collection under way."""

from datetime import date
from decimal import Decimal

from runut.collection import actions
from runut.collection.models import Sheet
from runut.planning.models import Indicator, IndicatorVersion, Plan, Sasaran, Target
from tests.sop.play import LIBRARY, install, open_task

YEAR, QUARTER = 2026, 1
NAMES = ("Nilai kepuasan masyarakat (IKM)", "Berkas selesai tepat waktu", "Pengaduan yang masuk")


def indicator(cast, no, name, *, unit=None, pegawai=None, target="80", quarter=QUARTER, **version):
    """One indicator with its version from 2026, and its targets of the quarter and the year."""
    made = Indicator.objects.create(
        instansi=cast.instansi,
        office=cast.office,
        code=f"IK-{no}-{'u' if unit else 'p'}{(unit or pegawai).pk}",
        level="sasaran" if unit else "individu",
        sasaran=sasaran(cast),
        unit=unit,
        pegawai=pegawai,
    )
    fields = {"unit_of_measure": "indeks", "decimals": 2, "start": date(2026, 1, 1), **version}
    IndicatorVersion.objects.create(instansi=cast.instansi, indicator=made, name=name, **fields)
    targets = [(quarter, target), (0, "85")]
    for of_quarter, amount in targets:
        is_text = version.get("value_type") == "ordinal"
        Target.objects.create(
            instansi=cast.instansi,
            indicator=made,
            year=YEAR,
            quarter=of_quarter,
            amount=None if is_text or amount is None else Decimal(amount),
            text=amount if is_text else "",
        )
    return made


def sasaran(cast):
    plan, _new = Plan.objects.get_or_create(
        instansi=cast.instansi, office=cast.office, kind="pk", year=YEAR,
        defaults={"title": "Perjanjian Kinerja 2026", "start": date(2026, 1, 1)},
    )  # fmt: skip
    row, _new = Sasaran.objects.get_or_create(
        instansi=cast.instansi, plan=plan, no=1, defaults={"text": "Meningkatnya mutu pelayanan"}
    )
    return row


def give_indicators(cast, people=(), units=(), how_many=2):
    """The same indicators for each: the first positive, the second too, the third lower is better."""
    for pegawai in people:
        for no, name in enumerate(NAMES[:how_many], 1):
            indicator(cast, no, name, pegawai=pegawai, polarity="negative" if no == 3 else "positive")
    for unit in units:
        for no, name in enumerate(NAMES[:how_many], 1):
            indicator(cast, no, name, unit=unit, polarity="negative" if no == 3 else "positive")


def start(cast, code="inspektorat", by=None):
    """A run of a collection procedure of the library at its first step."""
    from runut.sop.actions import start_run

    return start_run(sop=install(cast, code), by=cast.actor(by or cast.staf), title="Pengumpulan Triwulan I 2026")


def prepare(cast, run, members, *, by=None, year=YEAR, quarter=QUARTER, everybody=None, key="", **more):
    """The first step of the run, done for these members; everybody else is left out with a reason."""
    everybody = cast.everybody if everybody is None else everybody
    left_out = {each.pk: "sedang tugas belajar" for each in everybody if each not in members}
    return actions.prepare_period(
        task_id=open_task(run, "siapkan").pk,
        by=cast.actor(by or cast.staf),
        year=year,
        quarter=quarter,
        members=[each.pk for each in members],
        left_out=left_out,
        key=key,
        **more,
    )


def distribute(cast, run, step="bagikan", by=None):
    return actions.distribute(task_id=open_task(run, step).pk, by=cast.actor(by or cast.staf))


def collection_of_people(cast, people, *, how_many=2, code="inspektorat"):
    """A collection per pegawai whose forms have been sent out."""
    give_indicators(cast, people=people, how_many=how_many)
    run = start(cast, code)
    prepare(cast, run, people)
    distribute(cast, run)
    return run


def with_verification(lane="inspektur", actor=""):
    """The Inspektorat's procedure, in which the superior validates with a paraf and this lane then verifies."""
    text = (LIBRARY / "inspektorat.yaml").read_text(encoding="utf-8")
    validated = "      complete: {to: himpun, label: Validasi dan paraf}\n      return: isi\n"
    assert validated in text
    more = f"    actor: {actor}\n" if actor else ""
    return text.replace(
        validated,
        validated.replace("himpun", "cocokkan")
        + "  - id: cocokkan\n    printed_no: 4\n    text: Memverifikasi data kinerja dengan buktinya\n"
        + f"    lane: {lane}\n    work: review\n    act: verifikasi\n    each: pegawai\n{more}"
        + "    time: 15 menit per item\n    needs: [Data kinerja tervalidasi dan diparaf]\n"
        + "    output: Data kinerja terverifikasi\n    outcomes:\n      complete: himpun\n      return: isi\n",
    )


def collection_by(cast, text, people, code="inspektorat"):
    """A collection per pegawai by a procedure of one's own, whose forms have been sent out."""
    give_indicators(cast, people=people)
    install(cast, code, text)
    run = start_again(cast, code)
    prepare(cast, run, people)
    distribute(cast, run)
    return run


def collection_of_units(cast, units, *, how_many=2, code="pengumpulan-unit"):
    give_indicators(cast, units=units, how_many=how_many)
    run = start(cast, code)
    prepare(cast, run, units, everybody=cast.units)
    distribute(cast, run)
    return run


def sheet_of(run, member):
    return Sheet.objects.get(run=run, member=key_of(member))


def key_of(member):
    return f"{'u' if member._meta.model_name == 'unit' else 'p'}{member.pk}"


def type_in(cast, sheet, who, *texts, **fields):
    """Save these texts as the realised values of the sheet's lines, in order; None leaves a line alone."""
    lines = sheet.lines.order_by("figure__no")
    cells = {
        line.pk: actions.CellInput(typed=text, rev=line.rev, **fields)
        for line, text in zip(lines, texts, strict=False)
        if text is not None
    }
    return actions.save_lines(sheet=sheet, by=cast.actor(who), cells=cells)


def submit(cast, run, member, who=None, *, key="", step="isi", **more):
    task = open_task(run, step, key_of(member))
    return actions.submit_sheet(task_id=task.pk, by=cast.actor(who or member), key=key, **more)


def fill_in(cast, run, member, *texts, who=None):
    """A sheet filled and handed in."""
    sheet = sheet_of(run, member)
    saved = type_in(cast, sheet, who or member, *(texts or ("84,75", "90")))
    assert saved.is_clean, saved
    return submit(cast, run, member, who)


def review(cast, run, member, who, outcome="complete", notes=None, *, key="", step="periksa", **more):
    """A verdict on a member's sheet; notes: place of the line -> note."""
    lines = list(sheet_of(run, member).lines.order_by("figure__no"))
    verdicts = {lines[place].pk: actions.LineVerdict(True, note) for place, note in (notes or {}).items()}
    task = open_task(run, step, key_of(member))
    return actions.review_sheet(
        task_id=task.pk, by=cast.actor(who), outcome=outcome, verdicts=verdicts, key=key, **more
    )


def start_again(cast, code="inspektorat", by=None):
    """Another run of a procedure that is in force already."""
    from runut.sop.actions import start_run
    from runut.sop.models import Sop

    sop = Sop.objects.get(office=cast.office, code=code)
    return start_run(sop=sop, by=cast.actor(by or cast.staf), title="Pengumpulan lagi")


def answered_form(cast):
    """A person's form with a number, a note of two lines, and a statement that nothing took place."""
    sheet = sheet_of(collection_of_people(cast, [cast.asn[0]], how_many=3), cast.asn[0])
    type_in(cast, sheet, cast.asn[0], "1234,5", None, None, note="Baris satu\nbaris dua")
    type_in(cast, sheet, cast.asn[0], None, "", None, measure="nil", note="Tidak ada kegiatan")
    return sheet
