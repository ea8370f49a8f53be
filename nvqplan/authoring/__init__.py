"""What a rules author works with: proofs of a rulebook, its first files, and its page."""
