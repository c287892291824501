"""Organisations: profile, sites, search, review."""
