"""Exact counting, ranking and searching of sets under machines; it knows numbers only."""
