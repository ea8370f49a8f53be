"""Holds what all folders share: places, findings, codes, glossary, units, curricula."""
