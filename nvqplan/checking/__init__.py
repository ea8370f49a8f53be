"""Finds what is wrong with curriculum files, and decides which findings are reported."""
