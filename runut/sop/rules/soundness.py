"""Can this SOP run at all? Every step reached, every run can end, returns go back, fan-outs well nested.

The check is that of a workflow net (van der Aalst): no dead step, and from whatever is reached the
end can be reached. A region counts as one place with a door in, its first step, and one door out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from runut.sop.rules.definition import COMPLETE, RETURN, Definition, JoinRule, Outcome, Step
from runut.sop.rules.finding import Finding
from runut.sop.rules.kinds import KINDS
from runut.sop.rules.returns import returns_can_be_carried_out

Bindings = Mapping[str, Sequence[object]]
INITIALLED = {"review", "initial", "approve"}
OWN_BUTTONS = {"save", "search", "show"}


def check(definition: Definition, bindings: Bindings | None = None) -> list[Finding]:
    """All findings in the order of the steps; `bindings` maps a slot to the jabatan the office bound to it."""
    broken = [*structure(definition)]
    if broken:
        return broken
    findings = [finding for rule in RULES for finding in rule(definition)]
    if bindings is not None:
        findings += lanes_are_bound(definition, bindings)
    place = {step.id: at for at, step in enumerate(definition.steps)}
    return sorted(findings, key=lambda finding: place.get(finding.step, -1))


def may_run(findings: Sequence[Finding]) -> bool:
    """Whether nothing found keeps the SOP from being put in force."""
    return not any(finding.level == "error" for finding in findings)


def _error(code: str, step: str, message: str) -> Finding:
    return Finding("error", code, step, message)


def structure(definition: Definition) -> Iterator[Finding]:
    """What every other rule takes for granted: steps, ids, lanes and targets that exist."""
    if not definition.steps:
        yield _error("no-step", "", _("SOP belum punya langkah. Tambahkan sedikitnya satu langkah."))
    ids = [step.id for step in definition.steps]
    lanes = {lane.key for lane in definition.lanes}
    for step in definition.steps:
        if ids.count(step.id) > 1:
            yield _error("duplicate-id", step.id, _("Id langkah ini dipakai dua kali. Beri id yang berbeda."))
        if step.work not in KINDS:
            yield _error("unknown-work", step.id, _("Jenis pekerjaan ini tidak dikenal. Pilih dari daftar jenis."))
        if not step.lanes or not lanes.issuperset(step.lanes):
            yield _error("unknown-lane", step.id, _("Pelaksananya tidak ada di daftar. Pilih dari daftar pelaksana."))
        if step.outcome(COMPLETE) is None:
            yield _error("no-complete", step.id, _("Langkah ini tidak punya hasil “complete”. Tambahkan."))
        for outcome in step.outcomes:
            if outcome.to is not None and outcome.to not in ids:
                text = _("Hasil “%(label)s” menuju langkah yang tidak ada. Periksa tujuannya.")
                yield _error("unknown-target", step.id, text % {"label": outcome.label})


def every_step_is_reached(definition: Definition) -> Iterator[Finding]:
    reached, todo = set[str](), [definition.first.id]
    while todo:
        here = todo.pop()
        if here not in reached:
            reached.add(here)
            todo += [outcome.to for outcome in definition.step(here).outcomes if outcome.to]
    for step in definition.steps:
        if step.id not in reached:
            text = _("Langkah ini tidak pernah tercapai. Arahkan hasil langkah sebelumnya ke sini, atau hapus.")
            yield _error("unreachable", step.id, text)


def every_run_can_end(definition: Definition) -> Iterator[Finding]:
    """From every step some sequence of outcomes leads to the end."""
    ending = {step.id for step in definition.steps if any(outcome.to is None for outcome in step.outcomes)}
    grown = True
    while grown:
        more = {step.id for step in definition.steps if any(outcome.to in ending for outcome in step.outcomes)}
        grown = not more <= ending
        ending |= more
    for step in definition.steps:
        if step.id not in ending:
            text = _("Dari langkah ini SOP tidak pernah selesai. Beri jalan maju sampai “end”.")
            yield _error("no-end", step.id, text)


def outcomes_point_their_way(definition: Definition) -> Iterator[Finding]:
    """A return goes to an earlier step, everything else to a later one or to the end."""
    for at, step in enumerate(definition.steps):
        for outcome in step.outcomes:
            ahead = outcome.to is None or definition.index(outcome.to) > at
            if (outcome.back or outcome.code == RETURN) and (ahead or outcome.to == step.id):
                text = _(
                    "Pengembalian “%(label)s” (%(code)s) harus menuju langkah sebelumnya. Tulis kunci langkah itu, "
                    "atau pakai kunci hasil lain bila memang maju."
                )
                yield _error("return-forward", step.id, text % {"label": outcome.label, "code": outcome.code})
            elif not outcome.back and not ahead:
                text = _("Hasil “%(label)s” menuju ke belakang. Tandai sebagai pengembalian (back: true).")
                yield _error("forward-back", step.id, text % {"label": outcome.label})
        if all(outcome.back for outcome in step.outcomes):
            yield _error("no-forward", step.id, _("Langkah ini hanya dapat mengembalikan. Beri satu jalan maju."))


def regions_are_entered_at_their_first_step(definition: Definition) -> Iterator[Finding]:
    for step in definition.steps:
        for outcome in _forward(step):
            if outcome.to is None:
                continue
            door = definition.region_key(outcome.to)
            if door and outcome.to != door and definition.region_key(step.id) != door:
                text = _("Hasil “%(label)s” masuk ke tengah langkah per anggota. Arahkan ke langkah “%(door)s”.")
                yield _error("region-entry", step.id, text % {"label": outcome.label, "door": door})


def regions_have_one_way_out(definition: Definition) -> Iterator[Finding]:
    """All members meet at one step, or the join would wait for people who went elsewhere."""
    for region in definition.regions():
        inside = {step.id for step in region}
        exits = {outcome.to for step in region for outcome in _forward(step) if outcome.to not in inside}
        if len(exits) > 1:
            text = _("Langkah per anggota ini keluar ke beberapa tujuan (%(exits)s). Pilih satu tujuan bersama.")
            names = ", ".join(sorted(target or "end" for target in exits))
            yield _error("region-exit", region[0].id, text % {"exits": names})


def chosen_items_need_a_set(definition: Definition) -> Iterator[Finding]:
    for step in definition.steps:
        for outcome in step.outcomes:
            if outcome.items == "chosen" and (outcome.to is None or definition.step(outcome.to).each is None):
                text = _("“%(label)s” mengembalikan yang terpilih, tetapi tujuannya bukan langkah per anggota.")
                yield Finding("warning", "chosen-without-set", step.id, text % {"label": outcome.label})


def joint_steps_have_several_lanes(definition: Definition) -> Iterator[Finding]:
    for step in definition.steps:
        if step.joint == "all" and len(set(step.lanes)) < 2:
            text = _("Langkah bersama (joint: all) perlu sedikitnya dua pelaksana. Tambahkan, atau hapus “joint”.")
            yield _error("joint-lanes", step.id, text)
        if len(set(step.lanes)) < len(step.lanes):
            yield _error("joint-lanes", step.id, _("Pelaksana yang sama disebut dua kali. Hapus salah satunya."))
        if len(step.lanes) > 1 and step.actor.kind != "holder":
            text = _("Langkah dengan beberapa pelaksana hanya dapat dikerjakan pemegang jabatan (actor: holder).")
            yield _error("joint-actor", step.id, text)


def actors_can_be_found(definition: Definition) -> Iterator[Finding]:
    for at, step in enumerate(definition.steps):
        if step.actor.kind == "same_as":
            yield from _same_as(definition, at)
        if step.actor.kind in ("subject", "superior") and step.each is None:
            text = _("“actor: %(kind)s” hanya ada pada langkah per anggota. Tambahkan “each”, atau ganti pelakunya.")
            yield _error("actor-without-set", step.id, text % {"kind": step.actor.kind})
        if step.actor.kind == "superior" and step.each == "unit":
            text = _("Unit kerja tidak punya atasan langsung. Pakai “actor: holder” pada langkah per unit.")
            yield _error("actor-without-set", step.id, text)


def _same_as(definition: Definition, at: int) -> Iterator[Finding]:
    step = definition.steps[at]
    earlier = {other.id for other in definition.steps[:at]}
    if step.actor.arg not in earlier:
        text = _("“same_as:%(arg)s” harus menunjuk langkah sebelumnya.")
        yield _error("same-as", step.id, text % {"arg": step.actor.arg})
        return
    other = definition.step(step.actor.arg)
    if step.each and other.each and definition.region_key(other.id) != definition.region_key(step.id):
        text = _("“same_as:%(arg)s” menunjuk langkah per anggota di bagian lain. Pilih langkah pada bagian yang sama.")
        yield _error("same-as", step.id, text % {"arg": step.actor.arg})


def joins_belong_to_a_region(definition: Definition) -> Iterator[Finding]:
    for step in definition.steps:
        if step.join == JoinRule():
            continue
        if definition.region_key(step.id) != step.id:
            text = _("“join” hanya berlaku pada langkah pertama dari langkah per anggota. Pindahkan atau hapus.")
            yield _error("join-place", step.id, text)
        if step.join.quorum is not None and step.join.quorum < 1:
            yield _error("join-quorum", step.id, _("Kuorum paling sedikit satu. Perbaiki angkanya."))


def paraf_goes_with_judging(definition: Definition) -> Iterator[Finding]:
    for step in definition.steps:
        if step.paraf and step.work not in INITIALLED:
            text = _("Paraf hanya diberikan saat memeriksa, memaraf atau menyetujui. Periksa “work” dan “paraf”.")
            yield Finding("warning", "paraf-work", step.id, text)


def lanes_are_used(definition: Definition) -> Iterator[Finding]:
    used = {key for step in definition.steps for key in step.lanes}
    keys = [lane.key for lane in definition.lanes]
    for lane in definition.lanes:
        if keys.count(lane.key) > 1:
            yield _error("duplicate-lane", "", _("Pelaksana “%(lane)s” tertulis dua kali.") % {"lane": lane.name})
        if lane.key not in used:
            text = _("Pelaksana “%(lane)s” tidak dipakai langkah mana pun. Hapus, atau pakai pada langkahnya.")
            yield Finding("warning", "unused-lane", "", text % {"lane": lane.name})


def lanes_are_bound(definition: Definition, bindings: Bindings) -> Iterator[Finding]:
    """Every lane in which the holder of a jabatan acts has a jabatan of the office."""
    for step in definition.steps:
        if step.actor.kind != "holder":
            continue
        for key in step.lanes:
            lane = definition.lane(key)
            if not bindings.get(lane.slot):
                text = _("Pelaksana “%(lane)s” belum diikat ke jabatan. Pilih jabatannya lewat “Atur peran”.")
                yield _error("unbound-lane", step.id, text % {"lane": lane.name})


def _forward(step: Step) -> tuple[Outcome, ...]:
    return tuple(outcome for outcome in step.outcomes if not outcome.back)


def forms_are_filled(definition: Definition) -> Iterator[Finding]:
    """What is prepared is for somebody to fill in."""
    works = [step.work for step in definition.steps]
    for at, step in enumerate(definition.steps):
        if step.work == "prepare" and "fill" not in works[at:]:
            text = _(
                "Formulir yang disiapkan tidak diisi siapa pun. Tambahkan langkah mengisi (work: fill) setelahnya."
            )
            yield _error("no-fill", step.id, text)


def outcomes_have_names_of_their_own(definition: Definition) -> Iterator[Finding]:
    """No outcome is called like a button that the pages of the steps have already."""
    for step in definition.steps:
        for outcome in step.outcomes:
            if outcome.code in OWN_BUTTONS:
                text = _("Nama hasil “%(code)s” sudah dipakai tombol halaman tugas. Pakai nama lain.")
                yield _error("reserved-outcome", step.id, text % {"code": outcome.code})


RULES: list[Callable[[Definition], Iterator[Finding]]] = [
    every_step_is_reached,
    every_run_can_end,
    outcomes_point_their_way,
    returns_can_be_carried_out,
    forms_are_filled,
    outcomes_have_names_of_their_own,
    regions_are_entered_at_their_first_step,
    regions_have_one_way_out,
    chosen_items_need_a_set,
    joint_steps_have_several_lanes,
    actors_can_be_found,
    joins_belong_to_a_region,
    paraf_goes_with_judging,
    lanes_are_used,
]
