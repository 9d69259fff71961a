from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "runut.planning"
    label = "planning"
    verbose_name = "Perencanaan"
