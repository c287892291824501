"""Pages for strangers that need no database, drawn in the event loop; everything else by Django's threads.

Handing a request to a thread and its answer back costs more than drawing such a page.
"""

from collections.abc import Collection
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from glocal.directory import queries

NEEDS_DATABASE = "territory"  # the one question of these pages whose answer lies in a table


class AtOnce:
    """Answers at once while the index is fresh and nobody is signed in; to be given GET requests only.

    Args:
        behind: Django in its threads; it also gets what goes wrong here, and says so properly.
    """

    def __init__(self, behind: ASGIApp) -> None:
        self._behind = behind
        self._handler = BaseHandler()
        self._handler.load_middleware()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answer = self._drawn(scope) if _is_simple(scope) else None
        if answer is None or answer.status_code >= 500:
            await self._behind(scope, receive, send)
            return
        headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.items()
        ]
        headers += [(b"set-cookie", each.output(header="").encode()) for each in answer.cookies.values()]
        await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": answer.content})

    def _drawn(self, scope: Scope) -> HttpResponse | None:
        with queries.without_database() as is_fresh:
            if not is_fresh:
                return None
            answer: Any = self._handler.get_response(ASGIRequest(scope, BytesIO()))
            return answer if isinstance(answer, HttpResponse) else None


def _is_simple(scope: Scope) -> bool:
    """Say whether it is a question of somebody without a session that the index alone can answer."""
    if NEEDS_DATABASE in parse_qs(scope["query_string"].decode("latin-1")):
        return False
    return not _has_cookie(scope["headers"], settings.SESSION_COOKIE_NAME.encode("latin-1") + b"=")


def _has_cookie(headers: Collection[tuple[bytes, bytes]], beginning: bytes) -> bool:
    return any(name == b"cookie" and beginning in value for name, value in headers)
