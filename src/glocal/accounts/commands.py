"""`glocal person`: adding people and giving them roles, for whoever runs the installation."""

import click

from glocal.accounts import services
from glocal.core.actor import Role


@click.group()
def person() -> None:
    """Add people and give them roles."""


@person.command()
@click.argument("email")
@click.option("--name", default="", help="The name shown to others.")
@click.option("--steward", is_flag=True, help="May review, edit and import.")
@click.password_option(help="Asked for if not given.")
def add(email: str, *, name: str, steward: bool, password: str) -> None:
    """Add somebody who signs in with EMAIL."""
    role = Role.STEWARD if steward else Role.MEMBER
    services.register_person(email=email, password=password, display_name=name, role=role)
    click.echo(f"{email} can sign in now, as {role}.")


@person.command()
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
def role(email: str, role: str) -> None:
    """Make EMAIL a steward or a member."""
    services.give_role(email=email, role=Role(role))
    click.echo(f"{email} is a {role} now.")
