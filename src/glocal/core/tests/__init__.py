"""Tests of the words every domain shares."""
