"""Shows answers to people and programs, as far as several questions share the form."""
