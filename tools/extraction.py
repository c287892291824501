"""Finds the strings to translate: gettext calls in Python, translation tags in Django templates."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

from tools.shell import Stopped
from tools.stamps import files_in

# function -> what its leading arguments are: c(ontext), s(ingular), p(lural)
FUNCTIONS = {
    f"{name}{variant}": roles
    for name, roles in {"gettext": "s", "ngettext": "sp", "pgettext": "cs", "npgettext": "csp"}.items()
    for variant in ("", "_lazy", "_noop")
} | {"_": "s"}
MODULE = "django.utils.translation"
STRING = r"[uU]?(?:'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\")"
TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(({STRING}(?:,\s*{STRING})*)")
TEMPLATE_ENDINGS = {".html", ".txt", ".xml"}


@dataclass(slots=True)
class Message:
    """One text to translate and the files it stands in; `plural` is empty when it has none."""

    context: str | None
    text: str
    plural: str = ""
    places: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells two messages apart."""
        return (self.context, self.text)

    def flags(self) -> list[str]:
        """Return the format flags translators' tools look at."""
        if re.search(r"%\(\w+\)[sd]", self.text + self.plural):
            return ["python-format"]
        return ["python-brace-format"] if re.search(r"{\w*}", self.text + self.plural) else []


def collect(package: Path) -> dict[tuple[str | None, str], Message]:
    """Return every message of the package by context and text, in a fixed order, tests left out.

    Raises:
        Stopped: a gettext call whose text is put together at run time, so that it cannot be translated.
    """
    found: dict[tuple[str | None, str], Message] = {}
    for file in files_in([package]):
        if "tests" in file.parts or "migrations" in file.parts or "dist" in file.parts:
            continue
        for message in messages_in(file):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            place = str(file.relative_to(package))
            if place not in known.places:
                known.places.append(place)
    return found


def messages_in(file: Path) -> Iterable[Message]:
    """Return the messages of one file: Python, template, or neither.

    Raises:
        Stopped: a text that is put together at run time.
    """
    if file.suffix == ".py":
        return list(messages_in_python(file.read_text(encoding="utf-8"), str(file)))
    if file.suffix in TEMPLATE_ENDINGS and "templates" in file.parts:
        return list(messages_in_template(file.read_text(encoding="utf-8"), str(file)))
    return []


def messages_in_python(source: str, name: str) -> Iterator[Message]:
    """Yield the message of every gettext call, whatever name the function was imported under.

    Raises:
        Stopped: a text that is put together at run time.
    """
    tree = ast.parse(source, name)
    names = dict(_imported_functions(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (roles := _roles(node.func, names)):
            texts = [
                part.value if isinstance(part, ast.Constant) else None for part in node.args[: len(roles)]
            ]
            if len(texts) < len(roles) or not all(isinstance(text, str) for text in texts):
                raise Stopped(
                    f"{name}:{node.lineno}: gettext needs a plain text, so that it can be translated."
                )
            yield _message(roles, [str(text) for text in texts])


def _imported_functions(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == MODULE:
            for alias in node.names:
                if alias.name in FUNCTIONS:
                    yield alias.asname or alias.name, FUNCTIONS[alias.name]


def _roles(function: ast.expr, names: dict[str, str]) -> str:
    if isinstance(function, ast.Name):
        return names.get(function.id, "")
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        is_module = function.value.id == "translation"
        return FUNCTIONS.get(function.attr, "") if is_module else ""
    return ""


def messages_in_template(source: str, name: str) -> Iterator[Message]:
    """Yield the message of every translation tag, block, and `_("…")`."""
    for found in TEMPLATE_CALL.finditer(templatize(source, origin=name)):
        texts = [str(ast.literal_eval(text)) for text in re.findall(STRING, found[2])]
        yield _message(FUNCTIONS[found[1]], texts)


def _message(roles: str, texts: list[str]) -> Message:
    parts = dict(zip(roles, texts, strict=False))
    return Message(context=parts.get("c"), text=parts["s"], plural=parts.get("p", ""))
