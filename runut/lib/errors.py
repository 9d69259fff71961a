"""The two refusals an action may give. Both carry a sentence for the officer."""

import re

_TWO_STOPS = re.compile(r"(?<=\w)\.\.(?=\s|$)")


def one_stop(sentence: str) -> str:
    """Without the second full stop of a sentence that ends in an abbreviation: in "Ratna, S.E." nothing is added."""
    return _TWO_STOPS.sub(".", sentence)


class Refusal(Exception):
    """An act that was not carried out, with the sentence the officer reads.

    url, label: where it goes on, if anywhere.
    """

    def __init__(self, sentence: str, *, code: str = "", url: str = "", label: str = "") -> None:
        super().__init__(one_stop(sentence))
        self.sentence = one_stop(sentence)
        self.code = code
        self.url, self.label = url, label


class Denied(Refusal):
    """This person may not do it (HTTP 403)."""


class Refused(Refusal):
    """It cannot be done now, in this state or with this input (HTTP 409)."""


class Stale(Refused):
    """Somebody else was first: what the page showed is no longer so (HTTP 409)."""
