"""Commands with so many options that these have a name of their own."""

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

Options = TypeVar("Options")


def asks(
    options: Callable[..., Options],
) -> Callable[[Callable[[Options], None]], Callable[..., None]]:
    """A command whose options are the fields of a named tuple, which it is given whole.

    Typer reads options from a signature: it is shown that of the named tuple.
    """

    def decorate(command: Callable[[Options], None]) -> Callable[..., None]:
        def run(**given: Any) -> None:
            command(options(**given))

        shown: Any = run
        shown.__doc__ = command.__doc__
        shown.__signature__ = inspect.signature(options)
        shown.__annotations__ = options.__annotations__
        return run

    return decorate
