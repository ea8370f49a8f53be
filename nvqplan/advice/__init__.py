"""What follows from a mix: the verdict, what lies near it, conflicts, repairs, suggestions."""
