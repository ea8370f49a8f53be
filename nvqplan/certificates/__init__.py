"""Shows figure by figure why a pathway is legal, to whoever must not take our word."""
