"""Whether curriculum files are right, and which of the findings are told."""
