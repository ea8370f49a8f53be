"""First files of a rulebook and of a centre, rules as a page, proofs that rules are right."""
