"""One server process, two halves: hot public reads in front, Django in a pool of threads behind."""

import gc
import os
from collections.abc import Mapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from glocal.config.wsgi import application as django

DJANGO_THREADS = int(os.environ.get("GLOCAL_THREADS", "8"))


def behind(wsgi: Any) -> ASGIApp:
    """Hand requests to Django; granian's `receive` gives a future where a2wsgi needs a coroutine."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def received() -> Message:
            return await receive()

        async def sent(message: Message) -> None:
            await send(message)

        await wsgi(scope, received, sent)

    return answer


class Front:
    """Leads the hot reads to their answers by a look into a dictionary, everything else on."""

    def __init__(self, hot: Mapping[str, ASGIApp], others: ASGIApp) -> None:
        self._hot, self._others = hot, others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        is_read = scope["type"] == "http" and scope["method"] == "GET"
        answer = self._hot.get(scope["path"], self._others) if is_read else self._others
        await answer(scope, receive, send)


def build() -> Front:
    """Put the halves together. Django is set up by importing its WSGI application."""
    from glocal.config.at_once import AtOnce
    from glocal.config.serving import leave_with_server
    from glocal.config.static import FOLDER, BuiltFiles
    from glocal.directory.live import endpoints, routes

    leave_with_server()
    threads = behind(WSGIMiddleware(cast("Any", django), workers=DJANGO_THREADS))
    others = Starlette(
        routes=[
            *routes,
            Mount("/static", BuiltFiles(directory=FOLDER, check_dir=False)),
            Mount("/", threads),
        ]
    )
    return Front({**endpoints, "/near/": AtOnce(threads)}, others)


application = build()
gc.collect()
gc.freeze()  # what was loaded to serve stays: no collection need look at it again
gc.set_threshold(20_000, 20, 50)  # an answer makes thousands of small objects, hardly ever in a circle
