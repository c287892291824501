"""The rules of the house, each broken once on purpose; and the documents' links."""

from pathlib import Path

import click
import pytest

from tools.docs import anchors, broken_links, cli_page
from tools.house_rules import flaws, flaws_of_template

LOOSE = "todo".upper()  # this file is checked, too


@pytest.mark.parametrize(
    "template",
    [
        "<script>go()</script>",
        '<script nonce="{{ nonce }}">go()</script>',
        '<script type="module">go()</script>',
        "<style>p { color: red }</style>",
        '<p style="color: red">',
        '<a class="x"\n   style="color: red">',
        '<button onclick="go()">',
        '<form class="x" onSubmit = "go()">',
        '<a href="javascript:go()">',
        '<a hx-on:click="go()">',
        "{{ text|safe }}",
        "{% autoescape off %}",
    ],
)
def test_what_the_policy_blocks_is_not_written(template: str) -> None:
    assert len(list(flaws_of_template(template))) == 1


@pytest.mark.parametrize(
    "template",
    [
        "<script src=\"{% static 'x.js' %}\" defer></script>",
        '<script type="module" src="x.js"></script>',
        '<script type="application/json" id="page-data">{}</script>',
        '<p class="style" data-on="x">once = on</p>',
        "{# <script>no</script> #}",
        "{% comment %}<style>{% endcomment %}",
        '<a href="/javascript">',
    ],
)
def test_what_the_policy_allows_is_left_alone(template: str) -> None:
    assert list(flaws_of_template(template)) == []


def test_lines_are_counted_from_one_and_through_comments() -> None:
    assert list(flaws_of_template("{#\n\n#}\n<style>")) == [(4, "an inline style sheet")]


def test_loose_ends_and_drawers_are_reported_where_they_stand(tmp_path: Path) -> None:
    for name, text in {
        "src/utils.py": "",
        "src/good.py": f"x = 1\n# {LOOSE}: later\n",
        "src/templates/a.html": "\n<style>\n",
        "docs/plan.md": "fixme\n".upper(),
        "src/picture.png": LOOSE,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [line.split(" ")[0] for line in flaws(tmp_path)] == [
        "src/good.py:2:",
        "src/templates/a.html:2:",
        "src/utils.py:1:",
        "docs/plan.md:1:",
    ]


def test_links_to_missing_files_and_headings_are_reported(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "other.md").write_text("# Große Überschrift, 2 `x`\n## Twice\n## Twice\n")
    page = tmp_path / "README.md"
    page.write_text(
        "[good](docs/other.md) [good](docs/other.md#twice-1) [good](docs/other.md#große-überschrift-2-x)\n"
        "[web](https://example.org/none) [mail](mailto:a@example.org) [here](#top)\n# Top\n"
        "```\n[not a link](none.md)\n```\n"
        '[bad](docs/none.md) [bad](docs/other.md#none) ![bad](none.png "title") <img src="none.svg">\n',
        encoding="utf-8",
    )
    assert list(broken_links(page, tmp_path)) == [
        "README.md: no such file: docs/none.md",
        "README.md: no such heading: docs/other.md#none",
        "README.md: no such file: none.png",
        "README.md: no such file: none.svg",
    ]


def test_headings_in_code_are_no_anchors() -> None:
    assert anchors("# Real\n```\n# not real\n```\n") == {"real"}


def test_the_command_line_page_shows_every_visible_command() -> None:
    group = click.Group("glocal", help="All of it.")
    below = click.Group("postcodes", help="Tables of postcodes.")
    below.add_command(click.Command("install", help="Installs one."))
    group.add_command(below)
    group.add_command(click.Command("secret", help="Not shown.", hidden=True))
    page = cli_page(group)
    assert "## glocal\n" in page
    assert "#### glocal postcodes install\n\n```text\nUsage: glocal postcodes install" in page
    assert "secret" not in page
