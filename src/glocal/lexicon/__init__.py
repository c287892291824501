"""The lexicon: the same need in the words of both worlds, in every language of the Union."""
