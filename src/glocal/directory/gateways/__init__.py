"""Doors from the directory to what it does not own: the index on disk."""
