"""The program `glocal`: finds the home, sets Django up late, turns refusals into sentences and statuses."""

import os
import sys
from collections.abc import Sequence

import click

from glocal.cli.output import refuse
from glocal.core.errors import DomainError

# command -> what it does, in a few words, and its module and attribute, imported only when it is called
COMMANDS = {
    "init": ("Create or upgrade the home.", "glocal.cli.commands.home:init"),
    "demo": ("Load the demonstration territory and serve it.", "glocal.cli.commands.demo:demo"),
    "serve": ("Serve the web application.", "glocal.cli.commands.server:serve"),
    "worker": ("Do what takes longer, beside the server.", "glocal.cli.commands.server:worker"),
    "import": ("Bring organisations in from a file.", "glocal.ingest.commands:import_"),
    "undo": ("Take an import back.", "glocal.ingest.commands:undo"),
    "near": ("Say who is near a place.", "glocal.directory.commands:near"),
    "export": ("Write what the filters find to a file.", "glocal.directory.commands:export"),
    "translate": ("Say a text in the words of the other world.", "glocal.lexicon.commands.meaning:translate"),
    "classify": ("Give texts their codes.", "glocal.lexicon.commands.meaning:classify"),
    "lexicon": ("Install and list vocabularies.", "glocal.lexicon.commands.vocabularies:lexicon"),
    "places": ("Names of places, postcodes, territories.", "glocal.places.commands:group"),
    "index": ("Write the index anew from the database.", "glocal.directory.commands:index"),
    "person": ("Add people and give them roles.", "glocal.accounts.commands:person"),
    "bench": ("Measure how fast it is, against others.", "glocal.cli.commands.bench:bench"),
    "quality": ("Measure how good it is, on real data.", "glocal.cli.commands.quality:quality"),
    "doctor": ("Say what is wrong and how to mend it.", "glocal.cli.commands.home:doctor"),
    "tick": ("Do everything that is due.", "glocal.cli.commands.home:tick"),
}


class LateCommands(click.Group):
    """Commands that are imported when they are called, so that help answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order people need them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        if home := ctx.params.get("home"):
            os.environ["GLOCAL_HOME"] = home
        set_up()
        _summary, where = COMMANDS[cmd_name]
        module, _, attribute = where.partition(":")
        command: click.Command = getattr(__import__(module, fromlist=[attribute]), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (summary, _where) in COMMANDS.items()])


def set_up() -> None:
    """Set Django up, once."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "glocal.config.settings")
    if not apps.ready:
        django.setup()


@click.group(cls=LateCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(file_okay=False),
    envvar="GLOCAL_HOME",
    help="Where the embedded database and the index live; default ./var.",
)
@click.version_option(package_name="glocal")
def cli(home: str | None) -> None:
    """Glocal: who is near, and what becomes of it."""
    del home  # read by LateCommands before any command is imported


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program: 0 done, 1 refused or bad input, 2 wrong usage; no traceback ever reaches a user."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = cli.main(arguments, prog_name="glocal", standalone_mode=False)
    except click.UsageError as misuse:
        misuse.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as refusal:
        refuse(DomainError(refusal.format_message()), as_json="--json" in arguments)
        sys.exit(1)
    except DomainError as refusal:
        refuse(refusal, as_json="--json" in arguments)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone; nobody is left to tell
        sys.exit(0)
    except Exception as failure:  # noqa: BLE001  # the last door: a sentence for people, the traceback on request
        from glocal.cli.output import explain

        refuse(explain(failure), as_json="--json" in arguments)
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


if __name__ == "__main__":
    main()
