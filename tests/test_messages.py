"""Collecting and compiling translations without GNU gettext."""

import gettext
from pathlib import Path

import polib
import pytest

from tools.compile_messages import compile_messages
from tools.extraction import Message, collect, messages_in_python, messages_in_template
from tools.messages import keeps_placeholders, opened, problems, update
from tools.shell import Stopped


def found_in_python(source: str) -> list[tuple[str | None, str, str]]:
    return [(m.context, m.text, m.plural) for m in messages_in_python(source, "x.py")]


def found_in_template(source: str) -> list[tuple[str | None, str, str]]:
    return [(m.context, m.text, m.plural) for m in messages_in_template(source, "x.html")]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("gettext('Near')", (None, "Near", "")),
        ("_('Near ' 'you')", (None, "Near you", "")),
        ("ngettext('%(n)d place', '%(n)d places', n)", (None, "%(n)d place", "%(n)d places")),
        ("pgettext('a verb', 'Near')", ("a verb", "Near", "")),
        ("npgettext('map', 'one', 'many', n)", ("map", "one", "many")),
        ("translation.gettext('Near')", (None, "Near", "")),
    ],
)
def test_python_calls_are_found(call: str, message: tuple[str | None, str, str]) -> None:
    names = "gettext, gettext_lazy as _, ngettext, pgettext, npgettext"
    imports = f"from django.utils import translation\nfrom django.utils.translation import {names}\n"
    assert found_in_python(imports + call) == [message]


def test_an_underscore_of_another_kind_is_not_a_message() -> None:
    assert found_in_python("for _ in range(3): pass\n_ = print\n_('no')") == []


@pytest.mark.parametrize("text", ["f'Near {x}'", "'Near ' + x", "x", "'Near %s' % x"])
def test_a_text_put_together_at_run_time_is_refused(text: str) -> None:
    with pytest.raises(Stopped, match=r"x.py:2: gettext needs a plain text"):
        found_in_python(f"from django.utils.translation import gettext as _\n_({text})")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% translate 'Near' %}", (None, "Near", "")),
        ('{% translate "It\'s near" %}', (None, "It's near", "")),
        ("{% trans 'Near' context 'a verb' %}", ("a verb", "Near", "")),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}", (None, "Hello %(name)s", "")),
        (
            "{% blocktranslate trimmed %}\n  over\n  two lines\n{% endblocktranslate %}",
            (None, "over two lines", ""),
        ),
        (
            "{% blocktranslate count n=n %}one{% plural %}{{ n }} many{% endblocktranslate %}",
            (None, "one", "%(n)s many"),
        ),
        ("{% include 'x.html' with label=_('Near') %}", (None, "Near", "")),
        ("{{ _('Near') }}", (None, "Near", "")),
        ("{% translate '100 %' %}", (None, "100 %%", "")),
    ],
)
def test_template_tags_are_found(template: str, message: tuple[str | None, str, str]) -> None:
    assert found_in_template(template) == [message]


def test_templates_comments_are_left_alone() -> None:
    assert (
        found_in_template("{# {% translate 'no' %} #}{% comment %}{% translate 'no' %}{% endcomment %}") == []
    )


def test_a_package_is_collected_once_per_text_with_all_places(tmp_path: Path) -> None:
    for name in ("a.py", "b.py", "tests/test_a.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("from django.utils.translation import gettext\ngettext('Near')\n")
    (message,) = collect(tmp_path).values()
    assert message.places == ["a.py", "b.py"]


def catalogue_of(tmp_path: Path, *entries: polib.POEntry) -> polib.POFile:
    catalogue = opened("it", tmp_path)
    catalogue.extend(entries)
    return catalogue


def messages_of(*messages: Message) -> dict[tuple[str | None, str], Message]:
    for message in messages:
        message.places = ["a.py"]
    return {message.key: message for message in messages}


def test_an_update_keeps_translations_and_sets_aside_what_is_unused(tmp_path: Path) -> None:
    old = polib.POEntry(msgid="Far", msgstr="Lontano")
    kept = polib.POEntry(msgid="Near", msgstr="Vicino")
    catalogue = catalogue_of(tmp_path, old, kept, polib.POEntry(msgid="never translated"))

    update(catalogue, messages_of(Message(None, "Near"), Message(None, "%(n)d place", "%(n)d places")))

    assert [(entry.msgid, entry.msgstr, bool(entry.obsolete)) for entry in catalogue] == [
        ("Near", "Vicino", False),
        ("%(n)d place", "", False),
        ("Far", "Lontano", True),
    ]
    assert catalogue[1].flags == ["python-format"]


def test_what_comes_back_into_use_has_its_translation_again(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, polib.POEntry(msgid="Near", msgstr="Vicino"))
    update(catalogue, {})
    update(catalogue, messages_of(Message(None, "Near")))
    assert [(entry.msgstr, bool(entry.obsolete)) for entry in catalogue] == [("Vicino", False)]


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        pytest.param(None, "missing", id="missing"),
        pytest.param(polib.POEntry(msgid="{n} near"), "not translated", id="empty"),
        pytest.param(
            polib.POEntry(msgid="{n} near", msgstr="{n} vicini", flags=["fuzzy"]),
            "not translated",
            id="fuzzy",
        ),
        pytest.param(polib.POEntry(msgid="{n} near", msgstr="vicini"), "placeholders", id="number lost"),
        pytest.param(polib.POEntry(msgid="{n} near", msgstr="{n} vicini"), None, id="good"),
    ],
)
def test_every_message_must_be_translated_whole(
    tmp_path: Path, entry: polib.POEntry | None, complaint: str | None
) -> None:
    catalogue = catalogue_of(tmp_path, *([entry] if entry else []))
    found = list(problems(catalogue, messages_of(Message(None, "{n} near")), "it"))
    assert [complaint in line for line in found if complaint] == ([True] if complaint else [])
    assert len(found) == (1 if complaint else 0)


def test_a_translation_of_nothing_is_reported(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, polib.POEntry(msgid="Far", msgstr="Lontano"))
    assert list(problems(catalogue, {}, "it")) == ["it: no longer used: “Far”; run make messages"]


def test_the_singular_may_leave_out_the_number() -> None:
    entry = polib.POEntry(
        msgid="%(n)d place",
        msgid_plural="%(n)d places",
        msgstr_plural={0: "un luogo", 1: "%(n)d luoghi"},
    )
    assert keeps_placeholders(entry)
    entry.msgstr_plural[1] = "luoghi"
    assert not keeps_placeholders(entry)


def test_compiled_translations_are_what_gettext_reads(tmp_path: Path) -> None:
    catalogue = catalogue_of(
        tmp_path,
        polib.POEntry(msgid="Near", msgstr="Vicino è"),
        polib.POEntry(msgid="n place", msgid_plural="n places", msgstr_plural={0: "n luogo", 1: "n luoghi"}),
        polib.POEntry(msgctxt="a verb", msgid="Near", msgstr="Avvicina"),
    )
    source = tmp_path / "django.po"
    catalogue.save(str(source))
    with compile_messages(source).open("rb") as compiled:
        translations = gettext.GNUTranslations(compiled)
    assert translations.gettext("Near") == "Vicino è"
    assert translations.pgettext("a verb", "Near") == "Avvicina"
    assert [translations.ngettext("n place", "n places", n) for n in (1, 2)] == ["n luogo", "n luoghi"]
    assert sorted(file.name for file in tmp_path.glob("django*")) == ["django.mo", "django.po"]
