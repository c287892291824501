"""Words of a text: their plain letters, their stems, their parts, their spelling."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.lexicon.holding.builtin import function_words
from glocal.lexicon.holding.lexicon import Lexicon
from glocal.lexicon.meaning.annotating import annotate
from glocal.lexicon.text.compounds import Splitter
from glocal.lexicon.text.latin import latin, words_in
from glocal.lexicon.text.spelling import Speller
from glocal.lexicon.text.stems import PIVOT_LETTERS, pivot_key, stem

OF_COOKS = Speller(["kitchen", "chicken", "volunteer", "bakery", "solar", "repair", "repairs"])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Θεσσαλονίκη", "thessaloniki"),
        ("ΆΣΥΛΟ", "asylo"),
        ("храна", "hrana"),
        ("Храни́тел", "hranitel"),
        ("Київ", "kiiv"),
        ("Përkrahje", "perkrahje"),
        ("Überschüsse", "uberschusse"),
        ("český", "cesky"),
        ("ŻÓŁĆ", "zolc"),
        ("Ħamrun", "hamrun"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
    ],
)
def test_a_word_has_one_shape_in_all_scripts_however_it_is_composed(
    written: str, plain: str, form: str
) -> None:
    assert latin(unicodedata.normalize(form, written)) == plain  # type: ignore[arg-type]  # one of the two


@given(st.text())
def test_plain_letters_stay_as_they_are(text: str) -> None:
    assert latin(latin(text)) == latin(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("L'aide d’urgence", ["L", "aide", "d", "urgence"], id="both apostrophes"),
        pytest.param("'quoted' rock’n’roll", ["quoted", "rock", "n", "roll"], id="quotation marks"),
        pytest.param("🍞bread👩‍🍳 and 🥕", ["bread", "and"], id="emoji"),
        pytest.param("طعام مجاني", ["طعام", "مجاني"], id="Arabic"),
        pytest.param("食物银行很多", ["食物银行很多"], id="Chinese without spaces"),
        pytest.param("a_b-c/d", ["a", "b", "c", "d"], id="signs between"),
        pytest.param(" \n\t—…", [], id="no words"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert [word.written for word in words_in(text)] == words


@given(st.text(st.characters(codec="utf-8")))
def test_a_word_stands_where_it_says(text: str) -> None:
    ends = 0
    for word in words_in(text):
        assert text[word.start : word.end] == word.written
        assert word.start >= ends
        ends = word.end


@pytest.mark.parametrize("text", ["食物银行很多", "무료 급식소", "โรงครัว", "🍞🥕👩‍🍳", "\u0301\u0301"])
@pytest.mark.parametrize("language", ["en", "de", "bg"])
def test_scripts_nobody_knows_here_mean_nothing_and_hurt_nobody(
    bare_lexicon: Lexicon, text: str, language: str
) -> None:
    assert annotate(bare_lexicon, text, language) == []


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("de", ["Küche", "Küchen", "KÜCHE"]),
        ("it", ["cucina", "cucine"]),
        ("fi", ["keittiö", "keittiöt", "keittiön"]),
        ("bg", ["велосипед", "велосипеди", "велосипедите"]),
        ("bg", ["храна", "храната"]),
        ("sl", ["hrana", "hrano", "hrane"]),
        ("lv", ["pārtika", "pārtikas", "pārtiku"]),
        ("el", ["κουζίνα", "κουζίνες"]),
        ("uk", ["кухня", "кухню"]),
        ("hu", ["kerékpár", "kerékpárok"]),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, forms: list[str]) -> None:
    assert len({stem(form, language) for form in forms}) == 1


def test_an_ending_leaves_four_letters_and_a_language_without_endings_leaves_all() -> None:
    assert stem("хляба", "bg") == "hlyab"
    assert stem("чата", "bg") == "chat"
    assert stem("сол", "bg") == "sol"
    assert stem("Überschüsse", "xx") == "uberschusse"


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_a_pivot_word_is_at_most_eight_letters_long(word: str) -> None:
    assert len(pivot_key(word)) <= PIVOT_LETTERS


@pytest.mark.parametrize(
    ("language", "whole", "parts"),
    [
        ("de", "Lebensmittelüberschüsse", ["lebensmittel", "uberschusse"]),
        ("de", "Fahrradwerkstatt", ["fahrrad", "werkstatt"]),
        ("sv", "cykelverkstad", ["cykel", "verkstad"]),
        ("sv", "överskottsmat", ["overskott", "mat"]),
        ("fi", "polkupyöräkorjaamo", ["polkupyora", "korjaamo"]),
        ("fi", "ruokapankki", ["ruoka", "pankki"]),
        ("nl", "voedselbank", ["voedsel", "bank"]),
        ("hu", "kerékpárjavítás", ["kerekpar", "javitas"]),
        pytest.param("de", "Küchenxyzabc", [], id="the rest is no word"),
        pytest.param("de", "Xyzabcküche", [], id="the beginning is no word"),
        pytest.param("de", "Radio", [], id="too short"),
        pytest.param("de", "", [], id="nothing"),
        pytest.param("it", "bancoalimentare", [], id="Italian does not compound"),
        pytest.param("en", "bicyclerepair", [], id="nor does English here"),
    ],
)
def test_compounds_are_taken_apart_into_known_words_only(
    bare_lexicon: Lexicon, language: str, whole: str, parts: list[str]
) -> None:
    tongue = bare_lexicon.tongue(language)
    splitter = Splitter(language, frozenset(map(latin, tongue.known_words())), tongue.is_known)
    assert [part.word for part in splitter.split(latin(whole))] == parts


@given(st.lists(st.sampled_from(["haus", "garten", "werkstatt", "brot", "tee"]), min_size=1, max_size=4))
def test_parts_follow_each_other_and_stand_where_they_say(chosen: list[str]) -> None:
    known = {"haus", "garten", "werkstatt", "brot", "tee"}
    whole = "s".join(chosen)
    parts = Splitter("de", known, known.__contains__).split(whole)
    assert len(parts) in {0, 2, 3}
    assert all(part.word in known and whole[part.start : part.end] == part.word for part in parts)
    assert [part.start for part in parts] == sorted(part.start for part in parts)
    if len(chosen) == 2 and len(whole) >= 8 and "tee" not in chosen:
        assert [part.word for part in parts] == chosen


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("kitchn", "kitchen", id="a letter is missing"),
        pytest.param("kiitchen", "kitchen", id="a letter too many"),
        pytest.param("kithcen", "kitchen", id="two are swapped"),
        pytest.param("kitchem", "kitchen", id="the last is wrong"),
        pytest.param("bitchen", "kitchen", id="the first is wrong"),
        pytest.param("ktichen", "kitchen", id="the first two are swapped"),
        pytest.param("volunter", "volunteer", id="a double letter is single"),
        pytest.param("kitchen", "kitchen", id="it is right"),
        pytest.param("kictehn", "", id="two edits are too many"),
        pytest.param("sollar", "", id="words of five letters are not meant"),
        pytest.param("bakry", "", id="a word of five letters means nobody"),
        pytest.param("repaira", "repairs", id="of two, the one as long"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_word_one_edit_away_is_meant(written: str, meant: str) -> None:
    assert OF_COOKS.meant(written) == meant


@given(st.sampled_from(["kitchen", "volunteer", "bakery"]), st.data())
def test_any_one_letter_may_be_wrong(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("qxzj"))
    assert OF_COOKS.meant(word[:at] + letter + word[at + 1 :]) == word


def test_small_words_of_every_language_are_known() -> None:
    assert all(len(small) > 100 for small in function_words().values())
