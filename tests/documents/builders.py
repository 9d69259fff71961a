"""The acts on documents for the cast, step by step."""

from datetime import date

from django.utils import timezone

from runut.collection.actions import append_value
from runut.documents import actions
from runut.documents.actions import Adequacy, Line, Sending
from runut.documents.queries import current_content, gathered_content, main_document
from runut.documents.rules.content import hash_of
from runut.documents.rules.report import CODES
from tests.cast import PASSWORD
from tests.collection import builders as forms
from tests.correction import builders as cases
from tests.sop.play import do, open_task

TEXTS = {code: f"Isi bab {code}.\n\nAlinea kedua." for code in CODES}


def shown(run):
    """The hash of what a page would show now."""
    return hash_of(current_content(run))


def validated(cast, people, code="pengumpulan-pegawai"):
    """A collection per pegawai, filled in and validated: gathering is next."""
    run = forms.collection_of_people(cast, people, code=code)
    for person in people:
        forms.fill_in(cast, run, person)
    for person in people:
        forms.review(cast, run, person, cast.kasi[cast.asn.index(person) // 3])
    return run


def of_units(cast, units):
    """A collection per unit, filled in and verified: gathering is next."""
    run = forms.collection_of_units(cast, units)
    for unit in units:
        forms.fill_in(cast, run, unit, who=cast.kasi[cast.units.index(unit) - 2])
    for unit in units:
        forms.review(cast, run, unit, cast.sekretaris)
    return run


def compile_data(cast, run, who=None, *, step="himpun", key="", data_hash=None, adequate=(), **more):
    judged = {figure: Adequacy(True, True) for figure in adequate}
    return actions.compile_data(
        task_id=open_task(run, step).pk,
        by=cast.actor(who or cast.staf),
        data_hash=data_hash or hash_of(gathered_content(run)),
        adequacy=judged,
        key=key,
        **more,
    )


def initial(cast, run, who=None, *, step="paraf", key="", data_hash=None, **more):
    return actions.initial_document(
        task_id=open_task(run, step).pk,
        by=cast.actor(who or cast.sekretaris),
        data_hash=data_hash or shown(run),
        key=key,
        **more,
    )


def sign(cast, run, who=None, *, step="tandatangan", member=None, password=PASSWORD, key="", data_hash=None, **more):
    document = main_document(run)
    return actions.sign_document(
        task_id=open_task(run, step, forms.key_of(member) if member else None).pk,
        document_id=document.pk,
        by=cast.actor(who or cast.camat),
        password=password,
        data_hash=data_hash or document.data_hash,
        has_read=more.pop("has_read", True),
        key=key,
        **more,
    )


def send_back(cast, run, step, who, *, chosen=(), reason="angkanya keliru", outcome="return", member=None, **more):
    task = open_task(run, step, forms.key_of(member) if member else None)
    return actions.send_back(
        task_id=task.pk,
        by=cast.actor(who),
        work=task.work,
        outcome=outcome,
        reason=reason,
        chosen=[each.pk for each in chosen],
        **more,
    )


def line(seq=1, **more):
    fields = {
        "register": "agenda",
        "classification": "065",
        "seq": seq,
        "day": timezone.localdate(),
        "subject": "Laporan perbaikan data kinerja",
        "recipient": "Seluruh pemangku kegiatan",
        **more,
    }
    return Line(**fields)


def register(cast, run, who=None, *, step="agenda", of=None, data_hash=None, **more):
    return actions.register_document(
        task_id=open_task(run, step).pk,
        by=cast.actor(who or cast.staf),
        data_hash=data_hash or shown(run),
        line=of or line(),
        **more,
    )


def dispatch(cast, run, who=None, *, step="kirim", to="Bagian Organisasi", sent_on=date(2026, 2, 3), **more):
    sending = Sending(to, "Diantar langsung", sent_on)
    return actions.dispatch_document(
        task_id=open_task(run, step).pk,
        by=cast.actor(who or cast.staf),
        data_hash=main_document(run).data_hash,
        sendings=[sending],
        **more,
    )


def signed_recap(cast, people):
    """A recap that was gathered, initialled and signed."""
    run = validated(cast, people)
    compile_data(cast, run)
    initial(cast, run)
    sign(cast, run)
    run.refresh_from_db()
    return run


def yearly(cast, units):
    """Kemlagi's year: gathered and analysed, the report is to be drafted."""
    forms.give_indicators(cast, units=units)
    run = forms.start(cast, "kemlagi", by=cast.camat)
    do(cast, run, "perintah", cast.camat)
    forms.prepare(cast, run, units, everybody=cast.units)
    forms.distribute(cast, run, "sampaikan", cast.sekretaris)
    for unit in units:
        forms.fill_in(cast, run, unit, who=cast.kasi[cast.units.index(unit) - 2])
    compile_data(cast, run)
    do(cast, run, "analisis", cast.kasubag)
    return run


def draft(cast, run, who=None, *, chapters=None, **more):
    return actions.draft_report(
        task_id=open_task(run, "draf").pk, by=cast.actor(who or cast.kasubag), chapters=chapters or TEXTS, **more
    )


def approve(cast, run, step, who, **more):
    return actions.approve_document(
        task_id=open_task(run, step).pk, by=cast.actor(who), data_hash=more.pop("data_hash", None) or shown(run), **more
    )


def hand_up(cast, run, step, who, to, **more):
    return actions.hand_up_document(
        task_id=open_task(run, step).pk,
        by=cast.actor(who),
        data_hash=shown(run),
        recipient_id=to.pk,
        text="Dua angka diperbaiki.",
        **more,
    )


def by_kintom(office, case, compiled):
    """Kintom's nine steps on one figure."""
    run = case.run
    do(office, run, "teliti", office.camat)
    cases.give_order(office, run)
    do(office, run, "koordinasi", office.sekretaris)
    do(office, run, "teruskan", office.kasubag)
    cases.repair(office, run, compiled.a, compiled.a, "82,5")
    forms.review(office, run, compiled.a, compiled.kasi, step="koreksi")
    hand_up(office, run, "sampaikan", compiled.kasi, office.kasubag)
    figures = [item.figure_id for item in case.items.all()]
    compile_data(office, run, office.kasubag, step="rekap", adequate=figures)
    initial(office, run)
    sign(office, run)
    run.refresh_from_db()
    return run


def hand_in_anew(cast, figure):
    """Another number of the same form, which nobody has judged yet: what was made of the data before is behind them."""
    return append_value(
        figure=figure, by=cast.actor(cast.camat), amount="81", cause="salah bulan", reason="rekap",
        sheet=figure.lines.get().sheet,
    )  # fmt: skip
