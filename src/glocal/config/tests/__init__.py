"""Tests of the composition of the server."""
