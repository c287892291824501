"""Django's registration of the lexicon."""

from django.apps import AppConfig


class LexiconConfig(AppConfig):
    """Words of many languages and the concepts they mean."""

    name = "glocal.lexicon"
    label = "lexicon"
