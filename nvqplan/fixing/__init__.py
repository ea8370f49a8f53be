"""Mends curriculum files in their own text."""
