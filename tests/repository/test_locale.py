"""Every text for people has its English, and the compiled catalogue is the written one."""

from babel.messages.mofile import read_mo

from tools import messages


def _texts(catalogue):
    def plain(value):
        return tuple(value) if isinstance(value, list | tuple) else value

    return {(plain(message.id), message.context): plain(message.string) for message in catalogue if message.id}


def test_every_text_has_its_english():
    current = messages.updated()

    assert messages.untranslated(current) == []


def test_the_catalogue_has_no_text_that_the_source_lost():
    assert set(_texts(messages.catalogue())) <= set(_texts(messages.updated()))


def test_the_compiled_catalogue_is_up_to_date():
    with messages.MO.open("rb") as file:
        compiled = read_mo(file)

    assert _texts(compiled) == _texts(messages.catalogue())


def test_translations_keep_their_placeholders():
    import re

    placeholder = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    wrong = []
    for message in messages.catalogue():
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = set(placeholder.findall(" ".join(originals)))
        wrong += [text for text in strings if text and set(placeholder.findall(text)) - allowed]

    assert wrong == []
