"""`glocal demo`: a home with the demonstration territory, served."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

import click


@click.command()
@click.option("--no-serve", is_flag=True, help="Only load it.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def demo(ctx: click.Context, *, no_serve: bool, host: str, port: int, as_json: bool) -> None:
    """Load the demonstration territory (invented organisations), say what to look at, and serve it."""
    from django.conf import settings

    from glocal.cli import upkeep
    from glocal.directory import services

    home = Path(settings.GLOCAL_HOME)
    upkeep.init()
    mark = home / "demo"
    settings.GLOCAL_IS_DEMO, settings.GLOCAL_SENDS_MAIL = True, False
    count = services.load_demonstration()
    password = _people(mark)
    document = {"organisations": count, "home": str(home), "password": password, "people": list(PEOPLE)}
    click.echo(json.dumps(document) if as_json else _what_to_look_at(count, password, host, port))
    if not no_serve:
        from glocal.cli.commands.server import serve

        os.environ["GLOCAL_HOME"] = str(home)
        ctx.invoke(serve, host=host, port=port, workers=1)


PEOPLE: dict[str, dict[str, Any]] = {
    "sofia@demo.example": {"display_name": "Sofia (steward)", "role": "steward"},
    "ana@demo.example": {"display_name": "Ana", "role": "member"},
    "bruno@demo.example": {"display_name": "Bruno", "role": "member"},
}


def _people(mark: Path) -> str:
    """Make the people of the demonstration, once; their password is made here and kept in the home."""
    from glocal.accounts import services as accounts
    from glocal.core.actor import Role
    from glocal.core.errors import Conflict

    if mark.exists():
        return mark.read_text(encoding="utf-8").strip()
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    for email, fields in PEOPLE.items():
        try:
            accounts.register_person(
                email=email,
                password=password,
                display_name=fields["display_name"],
                role=Role(fields["role"]),
                is_demo=True,
            )
        except Conflict as there:
            click.echo(f"glocal: {email}: {there.message}", err=True)
    mark.write_text(password, encoding="utf-8")
    mark.chmod(0o600)
    return password


def _what_to_look_at(count: int, password: str, host: str, port: int) -> str:
    at = f"http://{host}:{port}"
    return f"""{count} invented organisations around Torino, Bilbao, Lille, Leipzig, Porto and Ljubljana.

  {at}/                                   the question: what is near you?
  {at}/near/?place=Torino&km=10           list and map in step
  {at}/near/?place=Leipzig&kind=school    schools around Leipzig
  {at}/design/                            the components, light and dark
  {at}/account/login/                     sign in as {", ".join(PEOPLE)}
                                          password: {password}
  glocal near Bilbao -k 5                 the same on the command line
  glocal import YOUR-FILE                 bring your own list in

Nothing here sends mail."""
