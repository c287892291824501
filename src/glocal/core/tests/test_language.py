"""Folding words of many languages, and language tags."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glocal.core.language import EU_LANGUAGES, fold, is_language_tag, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("CAFFÈ perché", "caffe perche", id="Italian"),
        pytest.param("Asociación Ñandú", "asociacion nandu", id="Spanish"),
        pytest.param("Straße GRÖẞE Übersetzung", "strasse grosse ubersetzung", id="German"),
        pytest.param("ΑΘΉΝΑ Οδός ΟΔΟΣ", "αθηνα οδοσ οδοσ", id="Greek, either sigma"),
        pytest.param("Йогурт ЁЛКА Київ", "иогурт елка киів", id="Cyrillic"),
        pytest.param("İSTANBUL ılık IŞIK", "istanbul ilik isik", id="Turkish, every i"),
        pytest.param("ŁÓDŹ Đorđe Ørsted Ħal Þór", "lodz dorde orsted hal thor", id="barred letters"),
        pytest.param("Œuvre æther", "oeuvre aether", id="ligatures"),
        pytest.param("مُؤَسَّسَة", "موسسة", id="Arabic, vowel signs and hamza"),
        pytest.param("合作社 ＡＢＣ１２", "合作社 abc12", id="Chinese, full width"),
        pytest.param("Repair™ Ⅳ ﬁne", "repairtm iv fine", id="signs that hide letters"),
        pytest.param("🚲 Ciclo", "🚲 ciclo", id="emoji"),
    ],
)
def test_folding_makes_one_word_of_its_spellings(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_is_the_same_for_composed_and_decomposed_and_when_done_twice(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == once


@given(st.text(max_size=40))
def test_words_are_folded_and_hold_no_separator(text: str) -> None:
    words = words_of(text)
    assert all(word and word == fold(word) for word in words)
    assert words_of(" ".join(words)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Caffè-Lab, n. 3", ["caffe", "lab", "n", "3"]),
        ("L'Arca_di Noè", ["l", "arca", "di", "noe"]),
        ("合作社 2 号", ["合作社", "2", "号"]),
        ("🚲🌱", []),
        ("", []),
        ("a\0b", ["a", "b"]),
    ],
)
def test_words_of_a_text_come_in_their_order(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize("tag", [*EU_LANGUAGES, "pt-BR", "zh-Hant-TW", "sr-Latn", "ast"])
def test_tags_of_languages_are_known_by_their_shape(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize("tag", ["", "i", "english", "it_IT", "it-", "it\n", " it", "１２", "../"])
def test_what_is_no_tag_is_told_apart(tag: str) -> None:
    assert not is_language_tag(tag)
