"""Doors for vocabularies: their publishers' formats in, SKOS and SSSOM out, downloads."""
