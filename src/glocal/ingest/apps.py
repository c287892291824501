"""Django's registration of the ingest domain."""

from django.apps import AppConfig


class IngestConfig(AppConfig):
    """Files brought in."""

    name = "glocal.ingest"
    label = "ingest"
