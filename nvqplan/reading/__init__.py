"""From the text of a file to located trees, and from trees to values."""
