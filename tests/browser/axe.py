"""Asks axe what a page lacks for those who use it with other senses or other hands."""

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

SCRIPT = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
ASK = "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"

AT_REST = """() => Promise.allSettled(
  document.getAnimations().filter(one => one instanceof CSSTransition).map(({finished}) => finished))"""


def bring_axe(context: BrowserContext) -> None:
    """Bring axe into every page of a context, past its content security policy, which stays in force."""
    context.add_init_script(path=SCRIPT)


def violations(page: Page) -> list[str]:
    """Return what breaks the guidelines (WCAG 2.2, levels A and AA) on the page as it stands."""
    page.evaluate(AT_REST)  # colours on their way are neither the old nor the new ones
    found: dict[str, Any] = page.evaluate(ASK, RULES)
    return [
        f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
