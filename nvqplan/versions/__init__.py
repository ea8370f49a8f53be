"""What a new version of a rulebook changes: its words, the mixes it earns, what breaks."""
