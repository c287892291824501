"""Contracts across domains, the house rules, and the product as a whole."""
