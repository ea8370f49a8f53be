"""Curriculum files mended in their own text."""
