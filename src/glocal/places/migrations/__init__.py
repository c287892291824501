"""Tables of the places domain, as they came to be."""
