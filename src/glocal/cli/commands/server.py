"""`glocal serve` and `glocal worker`."""

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the web application, with a worker for what takes longer."""
    from glocal.cli import upkeep
    from glocal.config.serving import background_worker
    from glocal.config.serving import serve as serve_until_stopped
    from glocal.core.errors import Unavailable

    if upkeep.pending_migrations():
        raise Unavailable("The database is not up to date; run `glocal init` first.")
    click.echo(f"Serving on http://{host}:{port}/  (stop with Ctrl-C)", err=True)
    with background_worker():
        serve_until_stopped(host=host, port=port, workers=workers)


@click.command()
def worker() -> None:
    """Do what takes longer: imports that came through the page."""
    from django.core.management import call_command

    from glocal.config.serving import leave_with_server

    leave_with_server()
    call_command("db_worker", verbosity=0, interval=1, startup_delay=False, reload=False)
