"""What large towns are called where they are, where GeoNames gives their English name."""

from functools import lru_cache
from typing import Final

from glocal.places.gazetteer.locating import towns_named
from glocal.places.gazetteer.names import key_of
from glocal.places.gazetteer.store import Gazetteer

_LOCAL: Final[dict[str, str]] = {
    "AL": "Tirana=Tiranë",
    "AT": "Vienna=Wien",
    "BE": "Brussels=Bruxelles|Antwerp=Antwerpen",
    "BG": "Sofia=София|Plovdiv=Пловдив|Varna=Варна|Burgas=Бургас",
    "CH": "Geneva=Genève",
    "CY": "Nicosia=Λευκωσία",
    "CZ": "Prague=Praha|Pilsen=Plzeň",
    "DE": "Munich=München|Nuremberg=Nürnberg",
    "DK": "Copenhagen=København",
    "GR": "Athens=Αθήνα|Thessaloníki=Θεσσαλονίκη|Pátra=Πάτρα|Irákleion=Ηράκλειο|Piraeus=Πειραιάς|"
          "Corfu=Κέρκυρα|Larisa=Λάρισα|Vólos=Βόλος|Ioánnina=Ιωάννινα|Chaniá=Χανιά",
    "IT": "Rome=Roma|Milan=Milano|Naples=Napoli|Turin=Torino|Genoa=Genova|Florence=Firenze|Venice=Venezia|"
          "Reggio Calabria=Reggio di Calabria",
    "LU": "Luxembourg=Lëtzebuerg",
    "NL": "The Hague=Den Haag",
    "PL": "Warsaw=Warszawa",
    "PT": "Lisbon=Lisboa",
    "RO": "Bucharest=București",
    "RS": "Belgrade=Београд",
    "RU": "Moscow=Москва|Saint Petersburg=Санкт-Петербург",
    "SE": "Gothenburg=Göteborg",
    "TR": "Istanbul=İstanbul",
    "UA": "Kyiv=Київ|Kharkiv=Харків|Odesa=Одеса|Lviv=Львів|Dnipro=Дніпро",
}  # fmt: skip


@lru_cache(maxsize=8)
def local_names(gazetteer: Gazetteer) -> dict[int, str]:
    """Local names by row of the town, for those whose first name in GeoNames is an English one."""
    pairs = [(country, pair.split("=")) for country, text in _LOCAL.items() for pair in text.split("|")]
    named: dict[int, str] = {}
    for country, (english, local) in pairs:
        towns = towns_named(gazetteer, key_of(english), country)
        if towns:
            named[max(towns, key=lambda town: int(gazetteer.population[town]))] = local
    return named
