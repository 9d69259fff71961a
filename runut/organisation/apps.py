from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "runut.organisation"
    label = "organisation"
    verbose_name = "Organisasi"
