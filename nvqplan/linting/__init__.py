"""Finds what is wrong with a rulebook itself."""
