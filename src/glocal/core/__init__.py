"""Words every domain shares; no Django, no input or output."""
