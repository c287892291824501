"""Towns of the world from GeoNames in memory-mapped arrays: names to points and back, without a network."""
