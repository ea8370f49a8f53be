"""What is wrong with a rulebook itself."""
