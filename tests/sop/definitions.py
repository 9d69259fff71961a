"""Definitions for tests: a few lines of letters become a procedure, and hypothesis makes random ones."""

from hypothesis import strategies as st

from runut.sop.rules.definition import Definition, JoinRule, Lane, Outcome, Step

LANE = Lane("staf", "Staf", "staf")


def step(sid, to, *, each=None, joint="any", back=(), quorum=None, work="do"):
    """A step that goes on to `to`; `back` lists (code, target, items)."""
    outcomes = [Outcome("complete", to, "Selesai")]
    outcomes += [Outcome(code, target, "Kembalikan", back=True, items=items) for code, target, items in back]
    return Step(
        id=sid,
        printed_no=sid,
        text=f"Mengerjakan {sid}",
        lanes=("staf",),
        work=work,
        outcomes=tuple(outcomes),
        each=each,
        joint=joint,
        join=JoinRule(quorum=quorum),
    )


def definition(*steps):
    return Definition("uji", "Uji", "collection", "pegawai", (LANE,), tuple(steps))


@st.composite
def definitions(draw):
    """Sound procedures of 2 to 9 steps: fan-outs, joint steps, returns to any earlier step."""
    count = draw(st.integers(2, 9))
    each = []
    for at in range(count):
        again = at > 0 and each[-1] and draw(st.booleans())
        each.append(each[-1] if again else draw(st.sampled_from([None, None, "pegawai", "unit"])))
    steps = []
    for at in range(count):
        to = f"s{at + 1}" if at + 1 < count else None
        back = []
        if at and draw(st.booleans()):
            target = draw(st.integers(0, at - 1))
            items = "chosen" if each[target] and draw(st.booleans()) else "all"
            back.append(("return", f"s{target}", items))
        quorum = draw(st.sampled_from([None, None, 1, 2])) if each[at] else None
        joint = draw(st.sampled_from(["any", "all"]))
        steps.append(step(f"s{at}", to, each=each[at], joint=joint, back=back, quorum=quorum))
    return definition(*steps)
