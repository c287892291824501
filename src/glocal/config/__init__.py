"""Settings and the composition of the server."""
