"""Doors to services outside this machine; all of them closed by default."""
