"""One language between all: word translations learnt from parallel labels, and texts compared in it."""
