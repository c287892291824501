"""One server process, two halves: hot public reads in front, Django in a pool of threads behind."""

import os
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


def build() -> Starlette:
    """Put the halves together. Django is set up by importing its WSGI application."""
    from glocal.config.serving import leave_with_server
    from glocal.config.static import FOLDER, BuiltFiles
    from glocal.directory.live import routes

    leave_with_server()
    return Starlette(
        routes=[
            *routes,
            Mount("/static", BuiltFiles(directory=FOLDER, check_dir=False)),
            Mount("/", behind(WSGIMiddleware(cast("Any", django), workers=DJANGO_THREADS))),
        ]
    )


application = build()
