from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "runut.web"
    label = "web"
    verbose_name = "Web"
