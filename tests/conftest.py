"""What the tests across domains share."""

from glocal.cli.tests.fixtures import initialised, own

__all__ = ["initialised", "own"]
