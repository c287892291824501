"""What a text means: concepts in it, its codes, its wording for the other world."""
