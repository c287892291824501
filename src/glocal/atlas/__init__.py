"""The read-optimised index over organisations: near, words, filters, map counts. NumPy, no Django."""
