"""Django's registration of the accounts domain."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People."""

    name = "glocal.accounts"
    label = "accounts"
