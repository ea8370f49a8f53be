"""Why a pathway is legal, figure by figure, for whoever must not take our word."""
