from django.apps import AppConfig


class SopConfig(AppConfig):
    name = "runut.sop"
    label = "sop"
    verbose_name = "SOP"
