"""Cleaners: foreign text in, trustworthy typed values out."""
