"""Commands that belong to no single domain."""
