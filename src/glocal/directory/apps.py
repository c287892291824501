"""Django's registration of the directory domain."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Organisations."""

    name = "glocal.directory"
    label = "directory"
