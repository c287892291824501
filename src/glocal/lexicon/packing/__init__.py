"""The two structures the compiled form is made of: phrases to be found, word translations to be learnt."""
