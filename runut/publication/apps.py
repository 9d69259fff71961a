from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "runut.publication"
    label = "publication"
    verbose_name = "Publikasi"
