"""clingo (C++): the rules as a logic program, its mixes as answer sets."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import clingo
from models import Chooser, Model, Sum, Weights, gaps
from timing import plain_environment

NAME = "clingo"
SHOWN = "#show.\n#show U : take(U).\n"
LISTING = ("--verbose=0", "--configuration=trendy")
CHOOSING = ("--models=0", "--opt-heuristic=sign")


def lister(model: Model) -> Callable[[BinaryIO, int], int]:
    """A call that runs the program on its own; there must be as many mixes as it is asked for.

    Its command line prints a mix as a row by itself, several times as fast as its Python
    interface hands models over. The stream must be a file of the operating system.
    """
    folder = tempfile.TemporaryDirectory()
    Path(folder.name, "model.lp").write_text(_program(model) + SHOWN, "utf-8")
    command = (sys.executable, "-m", "clingo", *LISTING, "model.lp")
    env = plain_environment(folder.name)

    def write(stream: BinaryIO, limit: int) -> int:
        asked = (*command, f"--models={limit}")
        subprocess.run(asked, stdout=stream, env=env, cwd=folder.name, check=True)
        return limit

    return write


def chooser(model: Model) -> Callable[[], Chooser]:
    """Ground the rules; a call then finds the best mix, and all that come near enough.

    Each grounding answers one question: what is to be maximised cannot be taken back.
    """
    program = _program(model)

    def ground() -> Chooser:
        control = clingo.Control(list(CHOOSING))
        control.add("base", [], program)
        control.ground([("base", [])])
        return lambda weights, wanted: _choose(control, weights, wanted)

    return ground


def _choose(control: clingo.Control, weights: Weights, wanted: int) -> list[int]:
    scores = "; ".join(f"{weight},{unit} : take({unit})" for unit, weight in weights.items())
    control.add("scores", [], f"#maximize {{ {scores} }}.")
    control.ground([("scores", [])])
    found: list[int] = []

    def keep(mix: clingo.Model) -> None:
        found.append(mix.cost[0])

    control.solve(on_model=keep)
    top = found[-1]
    for gap in gaps(weights, wanted):
        found.clear()
        _configure(control, f"enum,{top + gap}")
        control.solve(on_model=keep)
        if len(found) >= wanted:
            break
    return [-cost for cost in sorted(found)[:wanted]]


def _configure(control: clingo.Control, mode: str) -> None:
    solve = control.configuration.solve
    assert isinstance(solve, clingo.Configuration)
    solve.opt_mode = mode


def _program(model: Model) -> str:
    units = "; ".join(f"take({unit})" for unit in model.units)
    return "\n".join(
        [f"{{ {units} }}.", *(line for each in model.sums for line in _rule(each)), ""]
    )


def _rule(each: Sum) -> Iterator[str]:
    """What no mix may do: the short forms are plain clauses, the others bounded sums."""
    if min(each.factors) > 0 and each.lower == sum(each.factors):
        yield from (f":- not take({unit})." for unit in each.units)
    elif each.has_lower:
        yield f":- not {each.lower} #sum {{ {_elements(each)} }}."
    if each.factors == [1, 1] and each.upper == 1:
        yield f":- {', '.join(f'take({unit})' for unit in each.units)}."
    elif each.has_upper:
        yield f":- not #sum {{ {_elements(each)} }} {each.upper}."


def _elements(each: Sum) -> str:
    return "; ".join(f"{weight},{unit} : take({unit})" for unit, weight in each.weights)
