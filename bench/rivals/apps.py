from django.apps import AppConfig


class RivalsConfig(AppConfig):
    """An app, because Viewflow stores a flow as app label and path."""

    name = "bench.rivals"
    label = "rivals"
