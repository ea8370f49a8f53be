"""Knows what an awarding body asks: a file a kind of rule, qualifications, learners, lookup."""
