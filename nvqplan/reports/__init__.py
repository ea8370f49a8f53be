"""How answers are shown to people and programs, as far as several questions share it."""
