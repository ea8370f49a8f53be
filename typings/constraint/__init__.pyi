"""The part of python-constraint2 that nvqplan uses; the library ships no types."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

class Constraint:
    def __call__(
        self,
        variables: Sequence[Any],
        domains: Mapping[Any, Any],
        assignments: Mapping[Any, Any],
        forwardcheck: bool = False,
    ) -> bool: ...
    def preProcess(self, *arguments: object) -> None: ...

class Problem:
    def addVariable(self, variable: Hashable, domain: Sequence[Any]) -> None: ...
    def addConstraint(self, constraint: Constraint, variables: Sequence[Any]) -> None: ...
    def getSolutionIter(self) -> Iterator[dict[Any, Any]]: ...
