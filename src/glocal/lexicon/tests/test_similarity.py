"""How alike texts are in meaning, whatever their languages."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from glocal.lexicon.errors import UnknownLanguage
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.pivot.similarity import Corpus, standardised

OFFERS = {
    "bicycles": ("de", "Wir reparieren alte Fahrräder und verkaufen sie billig im Viertel"),
    "kitchen": ("bg", "Професионална кухня, свободна вечер за приготвяне на топла храна"),
    "sewing": ("it", "Laboratorio di sartoria che ripara vestiti usati"),
    "solar": ("el", "Εγκατάσταση ηλιακών πάνελ σε στέγες πολυκατοικιών"),
    "care": ("fi", "Kotihoitoa ja apua vanhuksille"),
    "school": ("fr", "Soutien scolaire pour enfants après l’école"),
    "transport": ("pl", "Transport towarów ciężarówką chłodnią w nocy"),
    "garden": ("es", "Huerto comunitario con verduras ecológicas"),
    "language": ("hu", "Tolmácsolás migránsoknak az orvosnál"),
    "loan": ("sv", "Lån från banken till nya kooperativ"),
}
ASKED = {
    "bicycles": "someone to repair old bicycles and sell them cheaply in the neighbourhood",
    "kitchen": "a professional kitchen, free in the evening, to prepare warm food",
    "sewing": "a tailor’s workshop that mends used clothes",
    "solar": "installing solar panels on the roofs of apartment buildings",
    "care": "home care and help for old people",
    "school": "tutoring for children after school",
    "transport": "moving goods at night by refrigerated truck",
    "garden": "community garden with organic vegetables",
    "language": "interpreting for migrants at the doctor",
    "loan": "a loan from the bank for a new cooperative",
}
OTHER = {
    "bicycles": ("lt", "Senų dviračių remontas ir pigus pardavimas"),
    "kitchen": ("cs", "Profesionální kuchyně, kde se večer vaří teplé jídlo"),
    "solar": ("ro", "Montarea panourilor solare pe acoperișul blocurilor"),
    "garden": ("nl", "Gemeenschapstuin met biologische groenten"),
}


@pytest.fixture(scope="module")
def offers(bare_lexicon: Lexicon) -> Corpus:
    languages, texts = zip(*OFFERS.values(), strict=True)
    return Corpus(bare_lexicon, texts, languages)


def best(offers: Corpus, text: str, language: str) -> str:
    return list(OFFERS)[int(offers.scores([text], [language]).argmax())]


@pytest.mark.parametrize("what", OFFERS)
def test_a_text_finds_its_translation_among_ten_in_ten_languages(offers: Corpus, what: str) -> None:
    assert best(offers, ASKED[what], "en") == what


@pytest.mark.parametrize("what", OTHER)
def test_and_so_it_does_from_other_languages(offers: Corpus, what: str) -> None:
    language, text = OTHER[what]
    assert best(offers, text, language) == what


def test_a_text_finds_itself_first_in_any_language(offers: Corpus) -> None:
    languages, texts = zip(*OFFERS.values(), strict=True)
    assert offers.scores(texts, languages).argmax(axis=1).tolist() == list(range(len(texts)))


def test_each_query_is_answered_alone(offers: Corpus) -> None:
    both = offers.scores([ASKED["solar"], ASKED["care"]], ["en", "en"])
    assert np.allclose(both[1], offers.scores([ASKED["care"]], ["en"])[0])


@pytest.mark.parametrize("text", ["", "…!", "食物银行", "🍞", "x"])
def test_a_query_without_words_in_common_finds_all_equal(offers: Corpus, text: str) -> None:
    scores = offers.scores([text], ["en"])
    assert scores.shape == (1, len(OFFERS))
    assert np.isfinite(scores).all()
    assert np.allclose(scores, 0)


def test_an_empty_text_is_found_by_nobody(bare_lexicon: Lexicon) -> None:
    corpus = Corpus(bare_lexicon, ["", "solar panels", "🍞"], ["en", "en", "it"])
    scores = corpus.scores(["solar panels", ""], ["en", "en"])
    assert np.isfinite(scores).all()
    assert scores[0].argmax() == 1
    assert not scores[1].any()


@pytest.mark.parametrize("texts", [[""], ["", ""], ["solar panels"], ["same", "same", "same"]])
def test_few_empty_and_equal_texts_hurt_nobody(bare_lexicon: Lexicon, texts: list[str]) -> None:
    corpus = Corpus(bare_lexicon, texts, ["en"] * len(texts))
    scores = corpus.scores(["solar panels", "same"], ["en", "en"])
    assert scores.shape == (2, len(texts))
    assert not scores.any()


def test_no_queries_no_answers(offers: Corpus) -> None:
    assert offers.letter_scores([]).shape == (0, len(OFFERS))


def test_letters_are_a_cosine(offers: Corpus) -> None:
    texts = [text for _, text in OFFERS.values()]
    scores = offers.letter_scores(texts)
    assert np.allclose(np.diag(scores), 1)
    assert (scores >= 0).all()
    assert (scores <= 1 + 1e-9).all()


def test_words_of_different_scripts_share_letters_once_they_are_latin(bare_lexicon: Lexicon) -> None:
    corpus = Corpus(bare_lexicon, ["ресторант", "ποδήλατο"], ["bg", "el"])
    scores = corpus.letter_scores(["restorant", "podilato"])
    assert np.allclose(scores, np.eye(2))


def test_a_language_nobody_speaks_is_refused(offers: Corpus) -> None:
    with pytest.raises(UnknownLanguage):
        offers.scores(["solar"], ["xx"])


def test_texts_and_languages_go_in_pairs(offers: Corpus) -> None:
    with pytest.raises(ValueError, match="zip"):
        offers.scores(["solar", "care"], ["en"])


numbers = arrays(float, (3, 5), elements=st.integers(-800, 800).map(lambda number: number / 8))


@given(numbers)
def test_standardised_rows_have_mean_nought_and_deviation_one(scores: np.ndarray) -> None:
    rows = standardised(scores)
    assert np.allclose(rows.mean(axis=1), 0, atol=1e-6)
    for row, before in zip(rows, scores, strict=True):
        equal = np.ptp(before) == 0
        assert np.allclose(row, 0) if equal else row.std() == pytest.approx(1)
        if not equal:
            assert row.argmax() == before.argmax()


@pytest.mark.parametrize(
    "score",
    [0.0, 1.0, 0.1],
)  # fmt: skip
def test_a_row_of_equal_scores_becomes_noughts(score: float) -> None:
    assert standardised(np.array([[score] * 3, [1.0, 2.0, 3.0]]))[0].tolist() == [0, 0, 0]
