"""Files as they are written for authors, but for the `$names` that stand for something else."""

from pathlib import Path


def template(name: str) -> str:
    """The text of one of the files in this folder."""
    return (Path(__file__).parent / name).read_text("utf-8")
