"""Topics become concepts and words become meanings: at import, on edit, for every question."""

import json
import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner
from django.test import Client

from glocal.core.actor import Actor
from glocal.directory import queries, services
from glocal.directory.commands import near
from glocal.directory.exports import near_json, write
from glocal.directory.gateways import index, meaning
from glocal.directory.tests.conftest import facts, row, take_in
from glocal.directory.types import Description, Facts, Search
from glocal.directory.views import drawn

pytestmark = pytest.mark.django_db


def told(name: str, lang: str, text: str, *topics: str) -> Facts:
    return facts(name=name, topics=topics, descriptions=(Description(lang, text),))


ITALIAN = told("Fili", "it", "Recupera le eccedenze alimentari dei mercati.", "banco alimentare")
GERMAN = told("Fäden", "de", "Rettet Lebensmittelüberschüsse der Märkte.", "Tafel")
GREEK = told("Νήματα", "el", "Συλλέγει πλεόνασμα τροφίμων από τις αγορές.", "τράπεζα τροφίμων")
ENGLISH = told("Threads", "en", "Gathers surplus food from markets.", "food bank")
OTHER = told("Räder", "de", "Repariert Fahrräder.", "Fahrradwerkstatt")
EVERY = {"Fili", "Fäden", "Νήματα", "Threads"}


def names(**asked: Any) -> set[str]:
    return {card.name for card in queries.find_organisations(Search(**asked)).cards}


@pytest.fixture
def _europe() -> None:
    take_in(ITALIAN, GERMAN, GREEK, ENGLISH, OTHER)


@pytest.mark.usefixtures("_europe")
@pytest.mark.parametrize(
    "text",
    ["surplus food", "eccedenze alimentari", "überschüssige Lebensmittel", "πλεόνασμα τροφίμων"],
)
def test_one_question_finds_every_language(text: str) -> None:
    assert names(text=text) == EVERY


@pytest.mark.usefixtures("_europe")
def test_a_compound_asks_for_all_it_means() -> None:
    assert names(text="Lebensmittelüberschüsse") == EVERY
    take_in(told("Bread", "en", "Food for all."))
    assert names(text="Lebensmittelüberschüsse") == EVERY


@pytest.mark.usefixtures("_europe")
def test_the_reason_names_the_words_and_only_those_found_by_meaning_have_one() -> None:
    document = json.loads(near_json(Search(text="surplus food", limit=50)))
    because = {one["name"]: one.get("because") for one in document["organisations"]}
    assert because["Threads"] is None
    assert because["Fäden"] == ["“Lebensmittelüberschüsse” ~ “surplus”", "“Lebensmittelüberschüsse” ~ “food”"]
    assert because["Fili"] == ["“eccedenze” ~ “surplus”", "“alimentari” ~ “food”"]
    assert (
        document["organisations"][0]["name"] == "Threads"
    )  # its own words come first where there is no place


def test_names_are_found_as_before() -> None:
    take_in(facts(name="Banco Alimentare del Po"), facts(name="Food Bank of the Po"))
    assert [card.name for card in queries.names_like("banco al")] == ["Banco Alimentare del Po"]
    found = queries.find_organisations(Search(text="banco alimentare del po")).cards
    assert found[0].name == "Banco Alimentare del Po"
    assert found[0].because == ()


@pytest.mark.usefixtures("_europe")
@pytest.mark.parametrize("topic", ["food bank", "Tafel", "banco alimentare", "τράπεζα τροφίμων", "food-bank"])
def test_a_topic_that_is_a_concept_in_any_language_finds_all_who_have_it(topic: str) -> None:
    assert names(topics=(topic,)) == EVERY
    assert names(concepts=("food-bank",), topics=(topic,)) == EVERY
    assert names(concepts=("bicycle-repair",), topics=(topic,)) == set()


def test_a_free_topic_stays_what_it_is() -> None:
    take_in(facts(name="A", topics=("Zirkusse am Fluss", "Tafel")), facts(name="B", topics=("food-bank",)))
    assert names(topics=("Zirkusse am Fluss",)) == {"A"}
    assert queries.menu("free") == [("Zirkusse am Fluss", 1)]
    assert dict(queries.menu("topic")) == {"Zirkusse am Fluss": 1, "Tafel": 1, "food-bank": 1}
    [card] = [card for card in queries.find_organisations(Search()).cards if card.name == "A"]
    assert (card.topics, card.concepts) == (("Zirkusse am Fluss", "Tafel"), ("food-bank",))


def test_an_edit_changes_the_concepts(sofia: Actor) -> None:
    [made] = take_in(GERMAN)
    its_id = made.organisation_id
    assert names(concepts=("food-bank",)) == {"Fäden"}
    services.edit_organisation(
        actor=sofia,
        organisation_id=its_id,
        facts=told("Fäden", "de", "Repariert Fahrräder.", "Fahrradwerkstatt"),
        version=row(its_id).version,
    )
    assert names(concepts=("food-bank",)) == names(text="surplus food") == set()
    assert names(concepts=("bicycle-repair",)) == names(text="bicycle") == {"Fäden"}
    assert queries.profile(actor=sofia, organisation_id=its_id).concepts == ("bicycle-repair",)


def test_a_snapshot_knows_what_the_changes_knew() -> None:
    take_in(ITALIAN, GERMAN, GREEK, ENGLISH, OTHER)
    before = near_json(Search(text="surplus food"))
    index.rebuild()
    index.forget()
    assert near_json(Search(text="surplus food")) == before
    assert names(concepts=("food-bank",)) == EVERY


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        pytest.param("", "Rettet Lebensmittelüberschüsse der Märkte und gibt sie weiter.", id="no language"),
        pytest.param("de-AT", "Rettet Lebensmittelüberschüsse.", id="regional tag"),
        pytest.param("zh", "Rettet Lebensmittelüberschüsse der Märkte und gibt sie weiter.", id="not spoken"),
        pytest.param("", "12 34", id="numbers alone"),
        pytest.param("fa", "کمک غذایی 🚲", id="other script"),
        pytest.param("", "合作社", id="no spaces"),
    ],
)
def test_any_text_is_taken_in(tag: str, text: str) -> None:
    take_in(told("A", tag, text))
    assert names() == {"A"}
    assert names(text="surplus food") == ({"A"} if "Lebens" in text else set())
    assert names(text=text) == {"A"}


@pytest.mark.parametrize("text", ["🚲", "12", "a", "l'", "del", "(((", "合作社", "x" * 200, "' OR 1=1 --"])
def test_any_question_is_answered(text: str) -> None:
    take_in(ITALIAN)
    assert names(text=text) <= {"Fili"}


@pytest.mark.parametrize("text", ["alimentari per i poveri", "Essen für die Armen"])  # "die" is English, too
def test_small_words_are_not_asked_of_other_languages(text: str) -> None:
    take_in(told("Threads", "en", "Food for the poor."))
    assert names(text=text) == {"Threads"}


def test_a_regional_language_is_the_language() -> None:
    take_in(told("A", "de-AT", "Tafel"))  # that alone looks Dutch, where it is a table
    assert names(text="food bank") == {"A"}


def test_exports_carry_concepts_beside_topics(tmp_path: Path) -> None:
    take_in(GERMAN)
    rows = {}
    for form in ("csv", "jsonl", "geojson", "jsonld"):
        write(Search(), tmp_path / f"all.{form}")
        rows[form] = (tmp_path / f"all.{form}").read_text("utf-8-sig")
    head, line = rows["csv"].splitlines()
    said = dict(zip(head.split(","), line.split(","), strict=True))
    assert (said["topics"], said["concepts"]) == ("Tafel", "food-bank")
    assert orjson.loads(rows["jsonl"])["concepts"] == ["food-bank"]
    assert orjson.loads(rows["geojson"])["features"][0]["properties"]["concepts"] == ["food-bank"]
    assert orjson.loads(rows["jsonld"])["@graph"][0]["knowsAbout"][0]["termCode"] == "food-bank"
    assert json.loads(near_json(Search()))["organisations"][0]["concepts"] == ["food-bank"]


@pytest.mark.usefixtures("_europe")
def test_the_command_line_asks_alike() -> None:
    answer = CliRunner().invoke(near, ["--text", "surplus food", "--topic", "Tafel", "--json"])
    assert {one["name"] for one in json.loads(answer.output)["organisations"]} == EVERY
    plain = CliRunner().invoke(near, ["--text", "surplus food", "--concept", "food-bank"])
    assert "“eccedenze” ~ “surplus”" in plain.output


def test_a_word_read_before_is_not_asked_of_the_lexicon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(GERMAN)
    index.current()
    reader = meaning.reader()

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr("glocal.lexicon.queries.pivot_words", never)
    monkeypatch.setattr("glocal.lexicon.queries.understand", never)
    topics = reader.topics(("Tafel",), "de")
    assert dict(reader.pivots([("de", GERMAN.descriptions[0].text)], topics))["surplus"]


def _chips(page: str) -> set[tuple[str, str]]:
    return set(re.findall(r'<a class="chip" href="/near/\?(concept=[^"]+)" lang="[a-z]+">([^<]+)</a>', page))


@pytest.mark.usefixtures("_europe")
@pytest.mark.parametrize(("language", "label"), [("en", "food bank"), ("it", "banco alimentare")])
def test_the_page_filters_by_concept_in_the_readers_language(
    client: Client, language: str, label: str
) -> None:
    page = client.get("/near/?concept=food-bank&q=food", headers={"Accept-Language": language}).text
    choice = f'value="food-bank" checked><span lang="{language}">{label}</span><span class="count">4</span>'
    assert f'name="concept" {choice}' in page
    assert f'class="sentence-part" href="/near/?q=food">{label}<' in page
    assert _chips(page) == {("concept=food-bank", label)}
    assert page.count('<li class="result card') == 4
    everybody = client.get("/near/", headers={"Accept-Language": language}).text
    assert 'name="concept" value="bicycle-repair"' in everybody
    assert "Tafel" not in everybody  # a concept is no topic of its own words


@pytest.mark.usefixtures("_europe")
def test_a_card_says_why_in_a_small_line(client: Client) -> None:
    page = client.get("/near/?q=surplus+food").text
    assert page.count('<p class="card-because">') == 3
    assert "“eccedenze” ~ “surplus”; “alimentari” ~ “food”" in page


def test_a_reason_is_escaped() -> None:
    take_in(ITALIAN)
    [hit] = queries.find_hits(Search()).hits
    assert "&lt;b&gt; ~ b" in drawn.card(hit, ["<b> ~ b"])


@pytest.mark.parametrize(("language", "label"), [("en", "food bank"), ("it", "banco alimentare")])
def test_the_profile_calls_concepts_in_the_readers_language(
    client: Client, language: str, label: str
) -> None:
    [made] = take_in(told("Fäden", "de", "Hilft.", "Tafel", "Zirkusse am Fluss"))
    address = f"/organisations/{made.organisation_id}/"
    page = client.get(address, headers={"Accept-Language": language}).text
    assert ("concept=food-bank", label) in _chips(page)
    assert 'href="/near/?topic=Zirkusse+am+Fluss"' in page


@pytest.mark.parametrize("how_many", [1, 20])
def test_concepts_and_meanings_ask_nothing_of_the_database(
    client: Client, how_many: int, django_assert_num_queries: Any
) -> None:
    take_in(*(told(f"N{number}", "de", "Rettet Lebensmittel.", "Tafel") for number in range(how_many)))
    index.current()
    with django_assert_num_queries(0):
        answer = client.get("/near/", {"q": "food", "concept": "food-bank", "topic": "Tafel"})
    assert answer.text.count('<li class="result card') == how_many
