"""Django's registration of the places domain."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Names, points and territories."""

    name = "glocal.places"
    label = "places"
