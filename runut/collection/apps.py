from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "runut.collection"
    label = "collection"
    verbose_name = "Pengumpulan"
