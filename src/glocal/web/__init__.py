"""Page frame, components and home."""
