"""What tests of the program share."""

from glocal.cli.tests.fixtures import initialised, own

__all__ = ["initialised", "own"]
