"""A Definition as the plain lists and mappings of its file; what is default is left out."""

from dataclasses import asdict

from runut.sop.rules.definition import COMPLETE, Definition, Header, Norm, Outcome, Step
from runut.sop.rules.kinds import KINDS
from runut.sop.rules.parse_steps import END, default_items, default_label

Plain = dict[str, object]
IDENTITY = (
    "number",
    "made_on",
    "revised_on",
    "effective_on",
    "revision",
    "layout",
    "owner_unit",
    "ratified_by",
    "approvals",
)
BOXES = (
    "purpose",
    "scope",
    "definition",
    "legal_basis",
    "qualifications",
    "related",
    "equipment",
    "warnings",
    "records",
    "headings",
)


def as_plain(definition: Definition) -> Plain:
    """The mapping that a file holds, in the order of the official form."""
    plain: Plain = {
        "format": 1,
        "code": definition.code,
        "title": definition.title,
        "category": definition.category,
        "subject": definition.subject,
        **_header(definition.header),
        "lanes": [_filled(asdict(lane)) for lane in definition.lanes],
        "steps": [_step(definition, at) for at in range(len(definition.steps))],
    }
    if definition.corrections:
        plain["corrections"] = [asdict(correction) for correction in definition.corrections]
    return plain


def _filled(values: Plain) -> Plain:
    """Without empty texts, empty lists, zeroes and nothings; tuples become lists."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items() if value}


def _header(header: Header) -> Plain:
    values = asdict(header)
    identity = _filled({key: values[key] for key in IDENTITY})
    if identity.get("layout") == "sop_ap":
        del identity["layout"]
    plain = _filled({"identity": identity, **{key: values[key] for key in BOXES}})
    if header.responsibilities:
        plain["responsibilities"] = [{"role": role, "duties": list(duties)} for role, duties in header.responsibilities]
    return plain


def _step(definition: Definition, at: int) -> Plain:
    step = definition.steps[at]
    lanes: Plain = {"lane": step.lanes[0]} if len(step.lanes) == 1 else {"lanes": list(step.lanes)}
    plain: Plain = {"id": step.id, "printed_no": step.printed_no, "text": step.text, **lanes, "work": step.work}
    plain |= {"act": step.act, "each": step.each}
    if step.actor.kind != "holder":
        plain["actor"] = f"{step.actor.kind}:{step.actor.arg}" if step.actor.arg else step.actor.kind
    if step.joint == "all":
        plain["joint"] = "all"
    if step.join.quorum is not None or not step.join.late:
        join: Plain = {} if step.join.quorum is None else {"quorum": step.join.quorum}
        plain["join"] = join if step.join.late else {**join, "late": False}
    plain |= {"paraf": step.paraf, "strategic": step.strategic, "added": step.added, "time": _time(step.norm)}
    plain |= {"needs": step.needs, "output": step.output, "note": step.note}
    following = definition.steps[at + 1].id if at + 1 < len(definition.steps) else None
    usual = Outcome(COMPLETE, following, KINDS[step.work].complete)
    if step.outcomes != (usual,):
        plain["outcomes"] = {outcome.code: _outcome(definition, at, outcome) for outcome in step.outcomes}
    return _filled(plain)


def _time(norm: Norm | None) -> str:
    if norm is None:
        return ""
    return f"{norm.amount} {norm.unit}" + (" per item" if norm.per == "item" else "")


def _outcome(definition: Definition, at: int, outcome: Outcome) -> object:
    """The target alone when everything else is default."""
    step: Step = definition.steps[at]
    target = outcome.to or END
    earlier = any(target == other.id for other in definition.steps[: at + 1])
    into_set = outcome.to is not None and definition.step(outcome.to).each is not None
    plain: Plain = {"to": target}
    if outcome.label != default_label(outcome.code, KINDS[step.work], back=outcome.back):
        plain["label"] = outcome.label
    if outcome.back != earlier:
        plain["back"] = outcome.back
    if outcome.items != default_items(back=outcome.back, into_set=into_set):
        plain["items"] = outcome.items
    return plain if len(plain) > 1 else target
