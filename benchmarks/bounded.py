"""Work that ends: in a child process that is killed at its limit, and all of it in a budget."""

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple, TypeVar

Result = TypeVar("Result")

Clock = Callable[[], float]
"""Seconds since some moment."""


class Missing(NamedTuple):
    """A line of the table for what was not measured, and why."""

    work: str
    peer: str
    why: str
    """`killed after 30 s`, `not run`."""

    is_peer: bool = False
    """Whether a peer alone was too slow, which is a result and no gap."""


class Budget:
    """The seconds that a whole run may take."""

    def __init__(self, seconds: float, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self, most: float) -> float:
        """How long the next piece of work may take: never more than `most`, nor less than 0."""
        return max(0.0, min(most, self._end - self._clock()))


def run_within(seconds: float, work: Callable[[], Iterable[Result]]) -> Iterator[Result]:
    """What some work yields, in a child process; raises TimeoutError when the child is killed.

    Its own children are killed with it. What the child raises ends the run.
    """
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(work, sender))
    child.start()
    sender.close()
    end = time.monotonic() + seconds
    try:
        while receiver.poll(max(0.0, end - time.monotonic())):
            message = receiver.recv()
            if not message:
                return
            yield message[0]
        raise TimeoutError
    except EOFError:
        child.join()
        raise SystemExit(child.exitcode) from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid or os.getpid(), signal.SIGKILL)
        child.kill()
        child.join()
        receiver.close()


def _send(work: Callable[[], Iterable[Result]], sender: Connection) -> None:
    """Send each result in a tuple, and an empty one at the end."""
    os.setpgid(0, 0)
    for result in work():
        sender.send((result,))
    sender.send(())
