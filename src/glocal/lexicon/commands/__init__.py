"""The commands of the lexicon."""
