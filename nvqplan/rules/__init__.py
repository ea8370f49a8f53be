"""What an awarding body asks: a file a kind of rule, qualifications, learners, readings, lookup."""
