"""Every row that belongs to a government says to which."""

from pathlib import Path

from django.apps import apps

# Rows that belong to no single government.
NO_INSTANSI = {
    "organisation.Instansi",  # is one
    # A sign-in is looked up before the government is known; its pegawai says which it is.
    "organisation.User",
    "organisation.ActivationCode",
    "audit.Seal",  # covers every stream of the installation
}


def _models():
    for model in apps.get_models():
        if model.__module__.startswith("runut.") and not model._meta.proxy:
            yield model


def test_every_model_has_its_instansi():
    without = {
        model._meta.label
        for model in _models()
        if "instansi_id" not in {field.attname for field in model._meta.concrete_fields}
    }

    assert without - NO_INSTANSI == set()


def _is_automatic(model):
    """Django writes `Name(id, field, …)` where nobody wrote anything."""
    return (model.__doc__ or "").startswith(f"{model.__name__}(")


def test_every_model_says_what_it_is():
    silent = [model._meta.label for model in _models() if _is_automatic(model)]

    assert silent == []


def test_migrations_have_names():
    unnamed = [path.name for path in Path(apps.get_app_config("web").path).parent.glob("*/migrations/*_auto_*.py")]

    assert unnamed == []
