"""Holds the texts of files that are written for authors; `$names` stand for what differs."""

from pathlib import Path


def template(name: str) -> str:
    """The text of one of the files in this folder."""
    return (Path(__file__).parent / name).read_text("utf-8")
