"""Turns the text of files into trees that know their places, and trees into values."""
