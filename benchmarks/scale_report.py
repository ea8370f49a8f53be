"""The curve of growth as a Markdown table and as a plot."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

INK = ("#1f77b4", "#d95f02", "#2a9d5c", "#a5308f")
HEIGHT, WIDTH = 8, 13
GAP = float("nan")
PANELS = {"seconds": "seconds", "nodes": "nodes", "mb": "peak memory in MB"}
STYLES = ("-", "--", ":")

Row = Mapping[str, Any]


class Kind(NamedTuple):
    """A family of rulebooks, drawn in one colour."""

    tight: bool
    hours: bool

    def __str__(self) -> str:
        return ("tight" if self.tight else "loose") + (", GLH cap" if self.hours else "")


class Point(NamedTuple):
    """Median and worst of all seeds; None is outgrown, as a median or at worst."""

    median: float | None
    worst: float | None
    outgrown: int
    of: int


KINDS = tuple(Kind(tight, hours) for hours in (False, True) for tight in (False, True))


def table(rows: Sequence[Row], seconds: float, units: int, rules: int) -> str:
    """One line for every shape and program: medians, and the worst in brackets."""
    lines = [
        f"Medians over the seeds, the worst in brackets; `out` is over {seconds:g} s or 2 GiB.",
        "",
        "| units | rules | rulebook | program | seconds | nodes | peak MB | outgrown |",
        "| ---: | ---: | --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for size in _sizes(rows, units, rules):
        for kind in KINDS:
            for program in _programs(rows):
                found = _select(rows, program, kind, *size)
                if found:
                    lines.append(_line(found, program, kind, size))
    return "\n".join(lines) + "\n"


def _line(found: Sequence[Row], program: str, kind: Kind, size: tuple[int, int]) -> str:
    points = {name: _point(found, name) for name in PANELS}
    cells = [
        _cell(points["seconds"], "{:,.2f}".format),
        _cell(points["nodes"], "{:,.0f}".format),
        _cell(points["mb"], "{:,.0f}".format),
    ]
    if all("nodes" not in row for row in found):
        cells[1] = ""  # there are none, or the peer tells none
    first = points["seconds"]
    outgrown = f"{first.outgrown} of {first.of}" if first.outgrown else ""
    return f"| {size[0]} | {size[1]} | {kind} | {program} | {' | '.join(cells)} | {outgrown} |"


def _cell(point: Point, say: Callable[[float], str]) -> str:
    median, worst = (
        "out" if value is None else say(value) for value in (point.median, point.worst)
    )
    return f"{median} ({worst})"


def _sizes(rows: Sequence[Row], units: int, rules: int) -> Iterator[tuple[int, int]]:
    """Units and rules of both curves: growing units first."""
    growing = sorted({(row["units"], rules) for row in rows if row["rules"] == rules})
    yield from growing
    more = sorted({(units, row["rules"]) for row in rows if row["units"] == units})
    yield from (size for size in more if size not in growing)


def _programs(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row["program"] for row in rows))


def _select(rows: Sequence[Row], program: str, kind: Kind, units: int, rules: int) -> list[Row]:
    wanted = (program, kind.tight, kind.hours, units, rules)
    names = ("program", "tight", "hours", "units", "rules")
    return [row for row in rows if tuple(row[name] for name in names) == wanted]


def _point(rows: Sequence[Row], name: str) -> Point:
    """What outgrew its limits is worse than all that did not."""
    known = sorted(row[name] for row in rows if row.get(name) is not None)
    outgrown, middle = len(rows) - len(known), (len(rows) - 1) // 2
    median = known[middle] if middle < len(known) else None
    return Point(median, known[-1] if known and not outgrown else None, outgrown, len(rows))


def draw(rows: Sequence[Row], seconds: float, units: int, rules: int, file: Path) -> None:
    """Time, nodes and memory against units above, against rules below; the same bytes each time."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "nvqplan", "svg.fonttype": "none", "font.size": 9})
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, HEIGHT), facecolor="white", layout="constrained")
    grid = figure.subplots(2, len(PANELS))
    ways = {
        f"units, {rules} rules": (0, [row for row in rows if row["rules"] == rules]),
        f"rules, {units} units": (1, [row for row in rows if row["units"] == units]),
    }
    for axes, (label, (along, chosen)) in zip(grid, ways.items(), strict=True):
        for axis, name in zip(axes, PANELS, strict=True):
            _panel(axis, chosen, name, along, seconds)
            axis.set_xlabel(label)
    handles, labels = grid[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=4, frameon=False)
    figure.suptitle("Synthetic rulebooks: medians over the seeds, x where these outgrew the limits")
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})


def _panel(axis: Any, rows: Sequence[Row], name: str, along: int, seconds: float) -> None:
    """One measure, of all programs that tell it."""
    styles = dict(zip(_programs(rows), STYLES, strict=False))
    sizes = sorted({(row["units"], row["rules"]) for row in rows})
    for program in _programs([row for row in rows if name in row]):
        for kind, ink in zip(KINDS, INK, strict=True):
            points = [(size[along], _select(rows, program, kind, *size)) for size in sizes]
            known = [(x, _point(found, name)) for x, found in points if found]
            drawn = [(x, GAP if point.median is None else point.median) for x, point in known]
            label = f"{program}: {kind}"
            axis.plot(
                *_columns(drawn),
                styles[program],
                marker=".",
                color=ink,
                label=label,
                linewidth=1.4,
            )
            if name == "seconds":
                out = [(x, seconds) for x, point in known if point.median is None]
                axis.plot(*_columns(out), "x", color=ink)
    axis.set_yscale("log")
    if not along:
        axis.set_xscale("log")
    ticks = [size[along] for size in sizes]
    axis.set_xticks(ticks, [str(tick) for tick in ticks])
    axis.minorticks_off()
    axis.set_title(PANELS[name])
    axis.grid(visible=True, color="#dddddd", linewidth=0.6)


def _columns(pairs: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in pairs], [y for _, y in pairs]
