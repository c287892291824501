"""The codes of a text in the official schemes, with the words that speak for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.lexicon.errors import UnknownLanguage, UnknownScheme
from glocal.lexicon.holding.classes import SCHEMES, Fitted, fitted, scheme
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.meaning.classifying import by_top, classify, features, probabilities

FOOD_BANK = {
    "en": "Food bank collecting surplus food for families in poverty",
    "it": "Banco alimentare che raccoglie eccedenze per le famiglie povere",
    "de": "Tafel, die Lebensmittelüberschüsse an arme Familien verteilt",
    "bg": "Хранителна банка за бедни семейства",
    "el": "Τράπεζα τροφίμων για φτωχές οικογένειες",
    "fi": "Ruokapankki köyhille perheille",
}
RIGHT = {"sdg": "2", "icnptso": "D31", "nace": "88", "essglobal": "a17"}
amounts = st.dictionaries(st.sampled_from(["A", "B", "C", "D"]), st.floats(0.01, 50), min_size=1)


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("language", FOOD_BANK)
def test_a_food_bank_is_one_in_every_language(bare_lexicon: Lexicon, language: str, name: str) -> None:
    best = classify(bare_lexicon, FOOD_BANK[language], language, name)[0]
    assert best.code == RIGHT[name]
    assert best.label == scheme(name).title[best.code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Community football club for girls and boys with volunteer coaches", "A21"),
        ("Hospice caring for the dying and their relatives", "C"),
        ("Amateur theatre society staging two plays a year", "A1"),
        ("Animal shelter for abandoned dogs and cats", "E"),
        ("Primary school run by parents", "B"),
    ],
)
def test_what_an_organisation_does_is_found(bare_lexicon: Lexicon, text: str, code: str) -> None:
    assert classify(bare_lexicon, text, "en", "icnptso")[0].code.startswith(code)


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize(
    "text", ["", " \n", "The sky is blue and nobody knows why.", "食物银行", "2026"], ids=list("abcde")
)
def test_a_text_about_none_of_it_has_no_codes(bare_lexicon: Lexicon, name: str, text: str) -> None:
    assert classify(bare_lexicon, text, "en", name) == []


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("language", FOOD_BANK)
def test_every_code_says_why_in_words_of_the_text(bare_lexicon: Lexicon, language: str, name: str) -> None:
    codes = classify(bare_lexicon, FOOD_BANK[language], language, name)
    assert all(code.because for code in codes)
    assert all(word in FOOD_BANK[language] for code in codes for word in code.because)


WORDS = [
    "food",
    "bank",
    "football",
    "school",
    "hospital",
    "poverty",
    "solar panel",
    "theatre",
    "no",
    "dog",
    "the",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.sampled_from(SCHEMES))
def test_scores_are_shares_best_first_and_classes_differ(bare_lexicon: Lexicon, text: str, name: str) -> None:
    codes = classify(bare_lexicon, text, "en", name)
    known = scheme(name)
    assert all(0 < code.score <= 1 for code in codes)
    assert [code.score for code in codes] == sorted((code.score for code in codes), reverse=True)
    assert len({known.top(code.code) for code in codes}) == len(codes)
    assert classify(bare_lexicon, text, "en", name) == codes


def test_what_is_denied_does_not_speak(bare_lexicon: Lexicon) -> None:
    def by_concepts(text: str) -> set[str]:
        return {word for code in classify(bare_lexicon, text, "en", "nace") for word in code.because}

    assert "warehouse" in by_concepts("We run a warehouse")
    said = classify(bare_lexicon, "We run a warehouse", "en", "nace")[0]
    denied = classify(bare_lexicon, "We run without a warehouse", "en", "nace")
    assert all(code.score < said.score for code in denied)


@pytest.mark.parametrize("name", ["", "xx", "SDG", "../nace"])
def test_a_scheme_nobody_knows_is_refused_with_those_there_are(bare_lexicon: Lexicon, name: str) -> None:
    with pytest.raises(UnknownScheme, match="sdg, icnptso, nace, essglobal"):
        classify(bare_lexicon, "food bank", "en", name)


def test_a_language_nobody_speaks_is_refused(bare_lexicon: Lexicon) -> None:
    with pytest.raises(UnknownLanguage):
        classify(bare_lexicon, "food bank", "xx", "sdg")


@given(amounts)
def test_probabilities_are_probabilities(tops: dict[str, float]) -> None:
    chances = probabilities(tops, Fitted({"A": -3.0}, 1.5, 2.0))
    assert set(chances) == set(tops)
    assert all(0 < chance < 1 for chance in chances.values())
    assert sum(share for _, share in features(tops).values()) == pytest.approx(1)


@given(amounts, st.floats(0.1, 10))
def test_more_evidence_never_makes_a_class_less_likely(tops: dict[str, float], more: float) -> None:
    numbers = Fitted(dict.fromkeys(tops, -3.0), 1.2, 2.0)
    grown = tops | {"A": tops.get("A", 0.0) + more}
    assert probabilities(grown, numbers)["A"] >= probabilities({"A": 0.001} | tops, numbers)["A"] - 1e-12


def test_a_class_without_texts_starts_low() -> None:
    known, unseen = (probabilities({"A": 1.0}, Fitted(start, 1.0, 1.0))["A"] for start in ({"A": 0.0}, {}))
    assert unseen < 0.1 < known


@pytest.mark.parametrize("name", SCHEMES)
def test_evidence_is_added_up_the_tree_and_what_speaks_against_takes_away(name: str) -> None:
    known = scheme(name)
    tops = {known.top(code) for code in known.parent}
    assert all(known.parent[top] == "" for top in tops)
    child = next((code for code, above in known.parent.items() if above), None)
    if child:
        assert by_top(known, {child: 2.0, known.top(child): 1.0}) == {known.top(child): 3.0}
        assert by_top(known, {child: 2.0, known.top(child): -3.0}) == {}


@pytest.mark.parametrize(
    ("name", "code", "listed"),
    [
        ("sdg", "12.3", "12"),
        ("nace", "56.29", "56"),
        ("nace", "99.99.9", "99"),
        ("sdg", "x", ""),
        ("sdg", "", ""),
    ],
)
def test_a_finer_code_belongs_to_the_class_that_is_listed(name: str, code: str, listed: str) -> None:
    assert scheme(name).listed(code) == listed


def test_a_cue_of_many_classes_says_less_for_each() -> None:
    shares: dict[tuple[str, str], float] = {}
    known = scheme("icnptso")
    for cue in known.cues:
        assert 0 < cue.share <= 1
        if cue.weight > 0:
            shares[cue.phrase, known.top(cue.code)] = cue.share
    total: dict[str, float] = {}
    for (phrase, _), share in shares.items():
        total[phrase] = total.get(phrase, 0.0) + share
    assert total
    assert all(each == pytest.approx(1) for each in total.values())


@pytest.mark.parametrize("name", SCHEMES)
def test_more_evidence_speaks_for_a_class_in_the_calibration(name: str) -> None:
    numbers = fitted(name)
    assert numbers.of_amount > 0
    assert numbers.of_share > 0
    assert all(start < 0 for start in numbers.start.values())
