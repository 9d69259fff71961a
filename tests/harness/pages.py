"""The test client keeps the context of the page it got, not a copy for each of the hundred parts a page is made of."""

import copy

import pytest
from django.test import client
from django.test.utils import ContextList


@pytest.fixture(autouse=True, scope="session")
def one_context_per_page():
    def keep_first(store, signal, sender, template, context, **_more):
        if "context" not in store:
            store["templates"], store["context"] = [template], ContextList([copy.copy(context)])

    everything, client.store_rendered_templates = client.store_rendered_templates, keep_first
    yield
    client.store_rendered_templates = everything
