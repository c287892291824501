"""Django's registration of the audit domain."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What happened."""

    name = "glocal.audit"
    label = "audit"
