"""Foreign files in: readers, cleaning, reports per row, undo."""
