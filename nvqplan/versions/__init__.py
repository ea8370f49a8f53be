"""Finds what a new version of a rulebook changes, and which pathways it breaks."""
