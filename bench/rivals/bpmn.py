"""The bench's two procedures as BPMN 2.0, for SpiffWorkflow."""

from __future__ import annotations

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="ukur" targetNamespace="urn:runut:bench">'
)
TAIL = "</definitions>"


def _flow(key: str, source: str, target: str, condition: str = "") -> str:
    inner = f'<conditionExpression xsi:type="tFormalExpression">{condition}</conditionExpression>' if condition else ""
    return f'<sequenceFlow id="{key}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def straight(steps: int) -> str:
    """User tasks t0, t1, ... in a row: process "lurus"."""
    nodes = ["mulai", *(f"t{number}" for number in range(steps)), "selesai"]
    tasks = "".join(
        f'<userTask id="t{n}" name="Kegiatan {n}"><incoming>f{n}</incoming><outgoing>f{n + 1}</outgoing></userTask>'
        for n in range(steps)
    )
    flows = "".join(_flow(f"f{n}", nodes[n], nodes[n + 1]) for n in range(steps + 1))
    return (
        f'{HEAD}<process id="lurus" isExecutable="true"><startEvent id="mulai"><outgoing>f0</outgoing></startEvent>'
        f'{tasks}<endEvent id="selesai"><incoming>f{steps}</incoming></endEvent>{flows}</process>{TAIL}'
    )


def spread() -> str:
    """A multi-instance sub-process over `people`: fill, review, back or out; then gather. Process "sebar"."""
    inner = (
        '<startEvent id="b"><outgoing>b0</outgoing></startEvent>'
        '<userTask id="isi"><incoming>b0</incoming><incoming>b4</incoming><outgoing>b1</outgoing></userTask>'
        '<userTask id="periksa"><incoming>b1</incoming><outgoing>b2</outgoing></userTask>'
        '<exclusiveGateway id="benar" default="b4"><incoming>b2</incoming><outgoing>b3</outgoing>'
        "<outgoing>b4</outgoing></exclusiveGateway>"
        '<endEvent id="e"><incoming>b3</incoming></endEvent>'
        + _flow("b0", "b", "isi")
        + _flow("b1", "isi", "periksa")
        + _flow("b2", "periksa", "benar")
        + _flow("b3", "benar", "e", "fine == True")
        + _flow("b4", "benar", "isi")
    )
    return (
        f'{HEAD}<process id="sebar" isExecutable="true"><startEvent id="mulai"><outgoing>a0</outgoing></startEvent>'
        '<userTask id="siapkan"><incoming>a0</incoming><outgoing>a1</outgoing></userTask>'
        '<subProcess id="tiap"><incoming>a1</incoming><outgoing>a2</outgoing>'
        '<multiInstanceLoopCharacteristics isSequential="false"><loopDataInputRef>people</loopDataInputRef>'
        '<loopDataOutputRef>results</loopDataOutputRef><inputDataItem id="person" name="person"/>'
        f'<outputDataItem id="result" name="result"/></multiInstanceLoopCharacteristics>{inner}</subProcess>'
        '<userTask id="himpun"><incoming>a2</incoming><outgoing>a3</outgoing></userTask>'
        '<endEvent id="selesai"><incoming>a3</incoming></endEvent>'
        + _flow("a0", "mulai", "siapkan")
        + _flow("a1", "siapkan", "tiap")
        + _flow("a2", "tiap", "himpun")
        + _flow("a3", "himpun", "selesai")
        + f"</process>{TAIL}"
    )
