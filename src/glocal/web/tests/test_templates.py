"""Every template: it compiles, its words can be translated, and a page has one headline."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

PACKAGE = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
TRANSLATED = re.compile(
    r"\{% blocktranslate.*?endblocktranslate %\}|\{%.*?%\}|<code>.*?</code>|<p lang=.*?</p>", re.DOTALL
)
UNTRANSLATED = re.compile(r">\s*[A-Z][a-z]+ [a-z]+[^<{]*<")


def name_of(file: Path) -> str:
    return file.relative_to(next(p for p in file.parents if p.name == "templates")).as_posix()


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_it_compiles(file: Path) -> None:
    get_template(name_of(file))


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_its_words_can_be_translated(file: Path) -> None:
    text = TRANSLATED.sub("", file.read_text(encoding="utf-8"))
    assert not UNTRANSLATED.search(text)


PAGES = [file for file in TEMPLATES if "{% block content %}" in file.read_text(encoding="utf-8")]


@pytest.mark.parametrize("file", [p for p in PAGES if p.name != "base.html"], ids=name_of)
def test_a_page_has_one_headline(file: Path) -> None:
    assert file.read_text(encoding="utf-8").count("<h1") == 1
