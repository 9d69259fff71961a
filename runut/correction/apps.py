from django.apps import AppConfig


class CorrectionConfig(AppConfig):
    name = "runut.correction"
    label = "correction"
    verbose_name = "Perbaikan"
