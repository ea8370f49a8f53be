"""Works out what follows from a mix: verdict, what lies near, conflicts, repairs, suggestions."""
