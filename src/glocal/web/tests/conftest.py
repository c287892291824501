"""Pages without a front end that was built: every asset has an address."""

from collections import defaultdict

import pytest

from glocal.web.templatetags import design


@pytest.fixture(autouse=True)
def _assets(monkeypatch: pytest.MonkeyPatch) -> None:
    named: defaultdict[str, str] = defaultdict(lambda: "built-file")
    named.update({name: name for name in ("main.css", "site.js", "map.css", "maps.js", "near.js")})
    named.update({name: name for name in ("source-sans-3.woff2", "source-serif-4.woff2")})
    monkeypatch.setattr(design, "kept_manifest", lambda: named)
