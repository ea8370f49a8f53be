"""Compiles all mixes that meet a qualification's rules; a second solver confirms proposals."""
