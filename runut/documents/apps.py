from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "runut.documents"
    label = "documents"
    verbose_name = "Dokumen"
