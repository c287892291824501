"""Names to points and back, without a network; territories."""
