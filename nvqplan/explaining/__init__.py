"""Explains what a code, a word, a unit or a qualification is."""
