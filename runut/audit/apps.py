from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "runut.audit"
    label = "audit"
    verbose_name = "Jejak audit"
