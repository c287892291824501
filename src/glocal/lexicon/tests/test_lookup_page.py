"""The page to look a word up, and the page of one concept."""

import html
import re
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from glocal.core.language import EU_LANGUAGES
from glocal.lexicon import queries
from glocal.lexicon.forms import LONGEST_PHRASE
from glocal.lexicon.holding.installed import save_vocabulary
from glocal.lexicon.labels import LANGUAGE_LABELS
from glocal.lexicon.types import Concept, ConceptId, Labels, Mention, Vocabulary
from glocal.lexicon.views.lookup import EXAMPLES, how_sure
from glocal.lexicon.views.marking import marked, said
from glocal.lexicon.views.present import language_label

PAGE = "/lexicon/"
GERMAN = "Wir kochen für Obdachlose, nicht für Firmen"
BREAD, FOOD = (Mention(ConceptId(name), 1.0, spans, ()) for name, spans in [
    ("surplus-bread", ((4, 20),)), ("surplus-food", ((4, 9), (16, 26))),
])  # fmt: skip


def words_of_page(page: str) -> str:
    """Return what a person reads."""
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())
    return re.sub(r" ([,;.])", r"\1", words)


def read(client: Client, **asked: str) -> str:
    return words_of_page(client.get(PAGE, asked).text)


def card_of(page: str, concept: str) -> str:
    return page.split(f'id="concept-{concept}"', 1)[1].split("</li>\n", 1)[0]


@pytest.mark.parametrize(("tag", "text"), EXAMPLES)
def test_every_example_is_recognised_and_understood(client: Client, tag: str, text: str) -> None:
    assert html.escape(text) in client.get(PAGE).text
    found = queries.translate_text(text)
    assert found.language == tag
    assert len([mention for mention in found.mentions if not mention.negated]) >= 2
    assert f"Read as {language_label(tag)}." in read(client, q=text)


def test_the_phrase_is_shown_with_what_was_understood_and_what_was_denied(client: Client) -> None:
    page = client.get(PAGE, {"q": GERMAN}).text
    phrase = page.split('<p class="phrase"', 1)[1].split("</p>", 1)[0]
    assert words_of_page(f"<main {phrase}</main>").endswith("Wir kochen für Obdachlose, nicht für Firmen")
    assert re.search(r'href="#concept-homeless-people">Obdachlose</a>', phrase)
    assert "<s>Firmen</s>" in phrase
    assert 'id="concept-homeless-people"' in page
    assert "Said not to be meant limited company “Firmen”" in words_of_page(page)
    assert 'id="concept-limited-company"' not in page


def test_a_card_says_whose_word_it_is_why_it_is_meant_and_where_to_go(client: Client) -> None:
    page = client.get(PAGE, {"q": "Tafel", "lang": "de", "to": "it"}).text
    card = card_of(page, "food-bank")
    told = words_of_page(f"<main>{card}</main>")
    for words in (
        "banco alimentare",
        "A word of the social economy · service · surely meant",
        "because of “Tafel”; in German: Tafel",
        "collects donated or surplus food",
        "NACE 88.99",
        "Broader aiuto alimentare",
    ):
        assert words in told
    for address in (
        "/lexicon/food-bank/",
        "/lexicon/food-aid/",
        "/near/?concept=food-bank",
        "/lexicon/food-bank/propose/?lang=it",
    ):
        assert f'href="{address}"' in card


def test_both_worlds_say_it_in_the_language_wanted(client: Client) -> None:
    found = queries.translate_text(GERMAN, to="fr")
    told = read(client, q=GERMAN, to="fr")
    assert found.social != found.industry
    assert f"How the social economy says it {found.social}" in told
    assert f"How industry says it {found.industry}" in told


def test_the_language_wanted_is_the_readers_own(client: Client) -> None:
    page = client.get(PAGE, {"q": "Tafel", "lang": "de"}, headers={"Accept-Language": "it"}).text
    assert "banco alimentare" in card_of(page, "food-bank")


def test_the_readers_choice_of_language_comes_before_recognition(client: Client) -> None:
    assert "Read as Portuguese, as you said." in read(client, q="banco alimentar", lang="pt")


def test_what_nobody_understands_is_said_with_a_way_on(client: Client) -> None:
    answer = client.get(PAGE, {"q": "xqzzy & wvvk"})
    assert answer.status_code == 200
    assert "None of these words is known yet" in answer.text
    assert 'href="/near/?q=xqzzy%20%26%20wvvk"' in answer.text


@pytest.mark.parametrize("asked", [{"lang": "xx"}, {"to": "tlh"}], ids=str)
def test_an_unknown_language_is_refused_in_a_sentence_and_the_phrase_stays(
    client: Client, asked: dict[str, str]
) -> None:
    answer = client.get(PAGE, {"q": "Tafel", **asked})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="Tafel"' in answer.text


@pytest.mark.parametrize("phrase", ["", "   ", "\0", "<script>alert(1)</script>", "💚", "12345", "'" * 50])
def test_any_text_gets_a_page(client: Client, phrase: str) -> None:
    answer = client.get(PAGE, {"q": phrase})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_text_too_long_is_read_as_far_as_the_page_says(client: Client) -> None:
    assert "Only the first" not in read(client, q="a" * LONGEST_PHRASE)
    told = read(client, q="Tafel " * 300, lang="de")
    assert f"Only the first {LONGEST_PHRASE} characters were read." in told


@pytest.mark.parametrize(
    ("score", "words"),
    [(1.0, "surely meant"), (0.9, "surely meant"), (0.89, "likely meant"), (0.75, "likely meant"),
     (0.74, "perhaps meant"), (0.0, "perhaps meant")],
)  # fmt: skip
def test_how_sure_is_said_in_words(score: float, words: str) -> None:
    assert how_sure(score) == words


def test_where_two_meet_the_surer_wins_and_space_between_its_words_is_its_own() -> None:
    phrase = "Wir übrig gebliebenes Essen"
    parts = [(part.text, part.mention and part.mention.concept) for part in marked(phrase, [FOOD, BREAD])]
    assert parts == [
        ("Wir ", None),
        ("übrig", "surplus-food"),
        (" ", None),
        ("geblie", "surplus-bread"),
        ("benes Esse", "surplus-food"),
        ("n", None),
    ]
    assert said(phrase, FOOD) == "übrig … benes Esse"
    assert said(phrase, BREAD) == "übrig gebliebene"
    assert [part.text for part in marked("a b", [Mention(ConceptId("x"), 1.0, ((0, 1), (2, 3)), ())])] == [
        "a b"
    ]


@given(
    st.text(alphabet="ab, ", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6),
)
def test_the_parts_of_a_phrase_are_the_phrase(text: str, spans: list[tuple[int, int]]) -> None:
    mentions = [Mention(ConceptId(str(at)), 1.0, (span,), ()) for at, span in enumerate(spans)]
    parts = marked(text, mentions)
    assert "".join(part.text for part in parts) == text
    assert all(part.text for part in parts)


def test_a_concept_is_shown_in_all_official_languages(client: Client) -> None:
    answer = client.get("/lexicon/food-bank/")
    told = words_of_page(answer.text)
    card = queries.concept_card(ConceptId("food-bank"), "en")
    assert answer.text.count("<tr") == 1 + len(EU_LANGUAGES)
    for tag in EU_LANGUAGES:
        preferred, *others = card.labels[tag]
        assert f"{language_label(tag)} {preferred} {', '.join(others)}" in told
        assert f'href="/lexicon/food-bank/propose/?lang={tag}"' in answer.text
    assert card.definition in told
    assert "NACE, economic activities 88.99" in told
    assert 'href="/near/?concept=food-bank"' in answer.text


def test_an_unknown_concept_is_not_found(client: Client) -> None:
    answer = client.get("/lexicon/no-such-thing/")
    assert answer.status_code == 404
    assert "no-such-thing" in answer.text


def test_codes_have_their_titles_where_the_vocabulary_is_installed(client: Client, home: Path) -> None:
    assert "Sozialwesen" not in client.get("/lexicon/food-bank/").text
    labels = {"en": Labels("Other social work"), "de": Labels("Sonstiges Sozialwesen")}
    nace = Concept(ConceptId("nace2:88.99"), "nace2", code="88.99", labels=labels)
    save_vocabulary(home, Vocabulary("nace2", "NACE", concepts=(nace,)))
    told = read(client, q="Tafel", lang="de", to="de")
    assert "NACE 88.99 Sonstiges Sozialwesen" in told
    official = client.get("/lexicon/nace2:88.99/")
    assert official.status_code == 200
    assert "of an official vocabulary" in words_of_page(official.text)


def test_every_language_the_lexicon_understands_has_a_name() -> None:
    assert [tag for tag in LANGUAGE_LABELS if not queries.lexicon().speaks(tag)] == []
    assert set(EU_LANGUAGES) <= set(LANGUAGE_LABELS)
