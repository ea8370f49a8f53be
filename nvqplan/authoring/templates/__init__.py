"""Holds files as authors will get them; each `$name` stands for what is filled in."""

from pathlib import Path


def template(name: str) -> str:
    """The text of one of the files in this folder."""
    return (Path(__file__).parent / name).read_text("utf-8")
