"""National Occupational Standards (NOS) and the old numbers they replace."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standard:
    """One National Occupational Standard; `replaces` are numbers as the units cite them (CC18)."""

    urn: str
    title: str
    replaces: tuple[str, ...]
    approved: str
    review: str
    keywords: tuple[str, ...]
