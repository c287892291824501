"""Names to places: spelling, languages, namesakes, hints, coordinates."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glocal.core.geo import GeoPoint, distance_km
from glocal.places.errors import UnknownPlace
from glocal.places.gazetteer.coordinates import parse_coordinates
from glocal.places.queries import find_places, place_at, resolve_place

TURIN, LYON, LILLE_FR, LILLE_BE, SANTIAGO_CL = 3165524, 2996944, 2998324, 2792360, 3871336


@pytest.mark.parametrize(
    ("text", "geoname_id"),
    [
        pytest.param("Torino", TURIN, id="its own language"),
        pytest.param("Turin", TURIN, id="English"),
        pytest.param("TORINO", TURIN, id="capitals"),
        pytest.param("Torino, IT", TURIN, id="country code"),
        pytest.param("Torino, Italy", TURIN, id="country in English"),
        pytest.param("Torino, Italia", TURIN, id="country in its language"),
        pytest.param("Torino, Piemonte, Italia", TURIN, id="region and country"),
        pytest.param("Τορίνο", TURIN, id="Greek"),
        pytest.param("Турин", TURIN, id="Cyrillic"),
        pytest.param("تورينو", TURIN, id="Arabic, right to left"),
        pytest.param("都灵", TURIN, id="Chinese, no spaces"),
        pytest.param("Лион", LYON, id="Russian for a French town"),
        pytest.param("Lille", LILLE_FR, id="the larger namesake"),
        pytest.param("Lille, Belgique", LILLE_BE, id="the smaller by its country"),
        pytest.param("Santiago", SANTIAGO_CL, id="the largest of hundreds"),
        pytest.param("Roma", 3169070, id="an alternate name before small towns of that name"),
        pytest.param("Saint-Étienne", 2980291, id="composed accents"),
        pytest.param("Saint-E\u0301tienne", 2980291, id="decomposed accents"),
        pytest.param("st etienne", 2980291, id="St for Saint"),
        pytest.param("Düsseldorf", 2934246, id="umlaut"),
        pytest.param("Αθήνα", 264371, id="Athens"),
        pytest.param("Springfield, Illinois", 4250542, id="American state"),
        pytest.param("Springfield, IL", 4250542, id="a state's code before a country's"),
        pytest.param("Washington, D.C.", 4140963, id="a comma inside the name"),
    ],
)
def test_a_town_is_found_by_any_of_its_names(text: str, geoname_id: int) -> None:
    assert find_places(text)[0].geoname_id == geoname_id
    assert resolve_place(text).geoname_id == geoname_id


def test_a_place_says_where_it_is() -> None:
    torino = resolve_place("Torino")

    assert (torino.name, torino.country, torino.region) == ("Torino", "IT", "Piemonte")
    assert torino.label == "Torino, Piemonte, Italy"
    assert torino.precision == "town"
    assert torino.population > 800_000
    assert distance_km(torino.point, GeoPoint(45.07, 7.69)) < 1


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        pytest.param("Torino", "Torino, Piemonte, Italy", id="Torino in full"),
        pytest.param("Torin", "Torino, Piemonte, Italy", id="Torino half-way"),
        pytest.param("Turi", "Turin, Piemonte, Italy", id="the English name half-way"),
        pytest.param("Wien", "Wien, Austria", id="Wien in full"),
        pytest.param("Wie", "Wien, Austria", id="Wien half-way"),
        pytest.param("Vien", "Vienna, Wien, Austria", id="Vienna half-way"),
        pytest.param("Firenze", "Firenze, Toscana, Italy", id="Firenze in full"),
        pytest.param("Firen", "Firenze, Toscana, Italy", id="Firenze half-way"),
        pytest.param("Köln", "Köln, Nordrhein-Westfalen, Germany", id="Köln in full"),
        pytest.param("Lisboa", "Lisboa, Portugal", id="Lisboa in full"),
        pytest.param("Lisbo", "Lisboa, Portugal", id="Lisboa half-way"),
        pytest.param("Praha", "Praha, Czechia", id="Praha in full"),
        pytest.param("Prah", "Praha, Czechia", id="Praha half-way"),
        pytest.param("Fierenze", "Firenze, Toscana, Italy", id="a letter too many"),
        pytest.param("Rom", "Roma, Lazio, Italy", id="a city before hamlets of exactly that name"),
        pytest.param("Parigi", "Parigi, Île-de-France, France", id="a name in the reader's own language"),
    ],
)
def test_a_suggestion_is_called_as_somebody_types_it(typed: str, label: str) -> None:
    suggested = find_places(typed)[0]
    assert suggested.label == label
    assert resolve_place(label).geoname_id == suggested.geoname_id


def test_a_hamlet_of_exactly_that_name_is_still_among_the_suggestions() -> None:
    assert "Rom, Nouvelle-Aquitaine, France" in [place.label for place in find_places("Rom")]


def test_preferred_countries_come_first_but_never_before_a_large_town_of_that_name() -> None:
    found = find_places("Wien", prefer=("DE",), limit=5)
    assert found[0].label == "Wien, Austria"
    assert found[1].country == "DE"
    assert find_places("Leip", prefer=("US",), limit=3)[0].country == "US"
    assert len(find_places("san", prefer=("IT", "ES"), limit=5)) == 5


def test_typing_finds_large_towns_by_their_beginning() -> None:
    assert "Toronto" in [place.name for place in find_places("toro")]
    assert find_places("Torin")[0].geoname_id == TURIN
    assert TURIN in [place.geoname_id for place in find_places("tor", country="IT", limit=3)]
    assert find_places("Torino, Ital")[0].geoname_id == TURIN


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("Leipizg", "Leipzig"),
        ("Ljubjana", "Ljubljana"),
        ("Bilbbao", "Bilbao"),
        ("Θεσσαλονκη", "Θεσσαλονίκη"),
    ],
)
def test_one_wrong_letter_is_forgiven(typo: str, meant: str) -> None:
    assert meant in find_places(typo)[0].label


def test_a_short_or_wild_name_is_not_guessed() -> None:
    assert find_places("qzjq") == []
    assert find_places("") == []
    assert find_places("😀🎉") == []
    assert find_places("x" * 5_000) == []


def test_a_stated_country_is_binding() -> None:
    assert find_places("Lille", country="BE")[0].geoname_id == LILLE_BE
    assert {place.country for place in find_places("san", country="ES", limit=50)} == {"ES"}
    assert find_places("Lille", country="Narnia") == []


def test_namesakes_nearby_come_first() -> None:
    compostela = GeoPoint(42.88, -8.54)
    assert find_places("Santiago", near=compostela)[0].country == "ES"
    assert find_places("Lille", near=GeoPoint(51.24, 4.82))[0].country == "BE"


@pytest.mark.parametrize("text", ["san", "Frankfurt", "Newcastle"])
def test_no_town_appears_twice_and_the_limit_holds(text: str) -> None:
    found = find_places(text, limit=40)
    assert len({place.geoname_id for place in found}) == len(found) > 8
    assert len(find_places(text, limit=8)) == 8
    assert find_places(text, limit=0) == []


@pytest.mark.parametrize(
    "text",
    [
        "45.07,7.69",
        "45.07 7.69",
        " 45.07 ; 7.69 ",
        "45,07; 7,69",
        "45.07° N, 7.69° E",
        "7.69E 45.07N",
        "+45.07, +7.69",
    ],
)
def test_coordinates_find_themselves_and_are_called_after_the_town(text: str) -> None:
    (place,) = find_places(text)

    assert place.point == GeoPoint(45.07, 7.69)
    assert place.precision == "exact"
    assert place.label == "Turin, Piemonte, Italy"
    assert resolve_place(text) == place


@pytest.mark.parametrize("text", ["97.1, 7.69", "45.07", "45.07,", "1,2,3", "lat 45 lon 7", "45.07, 190.0"])
def test_other_numbers_are_no_coordinates(text: str) -> None:
    assert parse_coordinates(text) is None


@settings(deadline=None)
@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180))
def test_printed_coordinates_read_back(lat: float, lon: float) -> None:
    point = parse_coordinates(f"{lat:.6f}, {lon:.6f}")
    assert point is not None
    assert (point.lat, point.lon) == pytest.approx((lat, lon), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "sign"), [("33.87 S, 151.21 E", -1), ("-33.87, 151.21", -1), ("33.87, 151.21", 1)]
)
def test_hemispheres(text: str, sign: int) -> None:
    assert parse_coordinates(text) == GeoPoint(sign * 33.87, 151.21)


def test_an_unknown_name_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownPlace) as refusal:
        resolve_place("Leipizg")
    assert "Leipzig" in refusal.value.facts["suggestion"]
    assert "Did you mean" in refusal.value.message

    with pytest.raises(UnknownPlace, match="No town is called “zzzzqq”"):
        resolve_place("zzzzqq")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("Torrinno", "Torino", id="two letters too many"),
        pytest.param("Grugliassca", "Grugliasco", id="two letters wrong"),
        pytest.param("Barsellonna", "Barcellona", id="written as it sounds"),
        pytest.param("Sarragozza", "Saragozza", id="not the name the gazetteer shows"),
    ],
)
def test_a_badly_spelt_name_is_refused_with_up_to_three_that_look_like_it(typed: str, meant: str) -> None:
    with pytest.raises(UnknownPlace) as refusal:
        resolve_place(typed)
    suggestions = refusal.value.suggestions
    assert meant in [label.partition(",")[0] for label in suggestions]
    towns = {resolve_place(label).geoname_id for label in suggestions}
    assert 1 <= len(suggestions) == len(towns) <= 3


@pytest.mark.parametrize("text", ["zzzzqq", "", "😀🎉", "x" * 5_000, "99999999", "Nowhereville"])
def test_nothing_is_suggested_for_what_looks_like_no_town(text: str) -> None:
    with pytest.raises(UnknownPlace) as refusal:
        resolve_place(text)
    assert refusal.value.suggestions == ()


def test_suggestions_stay_in_the_stated_country() -> None:
    with pytest.raises(UnknownPlace) as refusal:
        resolve_place("Bolongia", country="IT")
    assert refusal.value.suggestions
    assert all(label.endswith(", Italy") for label in refusal.value.suggestions)


def test_a_namesake_elsewhere_does_not_stand_in_for_the_stated_country() -> None:
    with pytest.raises(UnknownPlace) as refusal:
        resolve_place("Ljubljana", country="IT")
    assert refusal.value.facts["suggestion"] == "Ljubljana, Slovenia"


def test_a_point_lies_in_the_town_around_it() -> None:
    grugliasco = place_at(GeoPoint(45.0650, 7.5780))
    paris = place_at(GeoPoint(48.8420, 2.2990))  # the fifteenth, nearer to the centre of Vanves

    assert grugliasco is not None
    assert grugliasco.name == "Grugliasco"
    assert grugliasco.distance_km is not None
    assert grugliasco.distance_km < 2
    assert paris is not None
    assert paris.name == "Paris"


@settings(deadline=None)
@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180))
def test_every_point_on_earth_has_a_nearest_town(lat: float, lon: float) -> None:
    place = place_at(GeoPoint(lat, lon))
    assert place is not None
    assert place.distance_km is not None
    assert place.distance_km == pytest.approx(distance_km(place.point, GeoPoint(lat, lon)), abs=0.01)
