"""Where vocabularies lie: the built-in one, installed ones, and their compiled form."""
