"""The built front end, served as files with the right cache headers."""

import re
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).resolve().parent.parent / "web" / "static"
HASHED = re.compile(r"-[A-Z0-9]{8}\.\w+$")
A_YEAR = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"


class BuiltFiles(StaticFiles):
    """Files whose name carries a hash of their content never change; the others are asked for daily."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file with how long it may be kept."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = A_YEAR if HASHED.search(path) else A_DAY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
