def command() -> None:
    """To do."""
