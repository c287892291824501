"""Measurements of quality on real files."""
