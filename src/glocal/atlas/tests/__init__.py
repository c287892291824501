"""Tests of the atlas against plain brute force."""
