"""Glocal: shows a cluster the social economy around it, and keeps score of what becomes of it."""
