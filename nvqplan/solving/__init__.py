"""Counts, ranks and searches sets of numbered things exactly; it knows nothing of units."""
