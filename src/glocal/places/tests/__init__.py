"""Tests of names, points, postcodes and territories."""
