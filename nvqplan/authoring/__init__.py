"""Writes first files of a rulebook or a centre, prints rules as a page, and tests proofs."""
