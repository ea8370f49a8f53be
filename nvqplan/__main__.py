"""`nvqplan` as a process of its own, and `python -m nvqplan`."""

import os
import sys

from nvqplan.cli.main import run


def main() -> None:
    """Run the command line, then end at once: what it holds need not be freed bit by bit."""
    try:
        run()
    except SystemExit as ending:
        code = ending.code
    else:
        code = 0
    if isinstance(code, int):
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
