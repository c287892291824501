"""Benchmarks that measure, compare with others in the same run, and print what they found."""
