"""Django's registration of the page frame."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Page frame, components and home."""

    name = "glocal.web"
    label = "web"
