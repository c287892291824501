"""What the living page of components shows: invented organisations in the shapes real pages use."""

from typing import Any

from django.utils.translation import gettext as _

from glocal.directory.labels import TONE_LABELS, WORLD_LABELS
from glocal.web.figures import threads


def samples() -> dict[str, Any]:
    """Return invented organisations, a question, tables and columns in the shapes real pages use."""
    return {
        "tones": [{"tone": tone, "label": label} for tone, label in TONE_LABELS.items()],
        "results": _organisations(),
        "sentence": [
            {"text": _("co-operatives"), "remove_url": "#sentence"},
            {"text": _("food"), "remove_url": "#sentence"},
            {"text": _("within 10 km of Torino"), "remove_url": "#sentence"},
        ],
        "worlds": threads([("social", 286), ("industrial", 121), ("knowledge", 74), ("public", 41)]),
        "page": {"number": 2, "next_url": "#pager", "previous_url": "#pager"},
        "choices": [
            {"value": tone, "label": label, "count": count, "checked": tone == "social"}
            for (tone, label), count in zip(WORLD_LABELS.items(), (286, 121, 74, 41), strict=True)
        ],
    }


def _organisations() -> list[dict[str, Any]]:
    told = (
        ("social", _("co-operative"), "Tavola Larga di Borgo Stura", "Torino", 0.8, "it",
         "Raccoglie il cibo invenduto dei mercati e lo cucina per tre mense di quartiere."),
        ("industrial", _("company"), "Ibaizar Mekanizatuak", "Bilbao", 3.2, "en",
         "Turns and mills housings for medical devices; has free hours on two five-axis machines."),
        ("knowledge", _("school"), "Oberschule Am Birkenhain", "Leipzig", 5.4, "de",
         "Werkstattunterricht mit Reparaturcafé, sucht Betriebe für Praxistage."),
        ("public", _("public authority"), "Guichet des Trois Ponts", "Lille", 1.1, "fr",
         "Prête des salles et finance les premiers pas d’initiatives d’habitants."),
        ("commons", _("makerspace"), "Delavnica Ob Progi", "Ljubljana", 2.6, "sl",
         "Odprta delavnica s 3D-tiskalniki in šivalnico, ob torkih pomoč pri popravilih."),
    )  # fmt: skip
    return [
        {
            "id": str(number),
            "tone": tone,
            "kind_label": kind,
            "name": name,
            "place": place,
            "distance_text": _("%(km)s km") % {"km": km},
            "summary": summary,
            "summary_lang": lang,
            "topics": [{"label": topic} for topic in (_("food"), _("repair"))[: number % 2 + 1]],
            "url": "#cards",
            "lat": 45.07,
            "lon": 7.69,
            "is_demo": True,
            "precision": "town" if number == 3 else "exact",
            "precision_label": _("placed by town"),
            "confirmed_text": _("confirmed %(month)s") % {"month": _("March 2026")},
        }
        for number, (tone, kind, name, place, km, lang, summary) in enumerate(told, start=1)
    ]
