"""Tests of the page frame and the design system."""
