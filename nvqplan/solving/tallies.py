"""How many choices add what to several sums at once: products of polynomials.

A polynomial is one whole number: its digit d is how many choices add d to one sum, the *carried*
one, and the product of two such numbers is that of two sets of choices. What they add to the other
sums is told apart by keys, until all that reads a sum has been multiplied and it can be decided.

An example with decimal digits: `a` and `b` have 2 credits each, `c` has 3. Each is left or taken,
which is 1 + x^2, 1 + x^2 and 1 + x^3, or 101, 101 and 1001:

>>> 101 * 101 * 1001
10211201

So one choice adds no credits (the last digit), two add 2, one adds 3, one 4, two 5 and one 7. At
least 4 credits have all choices from the fifth digit on: 1 + 2 + 0 + 1 of them.

>>> sum(map(int, str(10211201 // 10**4)))
4

A second rule allows no more than one of `a` and `b`. How many of these are taken is a key: none in
one way, one in two, both in one. The rule reads nothing else, so it is decided before `c` is
multiplied, and the two keys that it leaves become one:

>>> ways = {0: 1, 1: 100 + 100, 2: 100 * 100}
>>> allowed = ways[0] + ways[1]
>>> allowed * 1001
201201
>>> sum(map(int, str(201201 // 10**4)))
2

With both rules there are two choices, `a` with `c` and `b` with `c`:

>>> from nvqplan.solving.counting import count_accepted
>>> from nvqplan.solving.linear import Linear
>>> credits = Linear("at least 4 credits", {"a": 2, "b": 2, "c": 3}, lower=4)
>>> count_accepted("abc", [credits, Linear("not both", {"a": 1, "b": 1}, upper=1)])
2
"""

from collections.abc import Collection, Mapping, Sequence

from nvqplan.core.values import NamedTuple
from nvqplan.solving.layers import GaveUpError

KEY_BYTES = 150
"""What a key takes, about, besides the digits of its polynomial."""

PRODUCTS = 5_000_000
"""More products in one join than this take longer than a diagram is likely to."""

FEW = 8
LONG = 1 << 2048
"""So few keys, and polynomials no greater than this, are multiplied as fast as they are reduced."""

FEWER = 4
"""One tally is put in step with another one if it is so many times smaller."""

Ways = dict[int, int]
"""From what is added to the sums that are not carried, packed into one key, to the polynomial."""


class BoundedSum(NamedTuple):
    """A sum of undecided variables between two bounds, counted from the least that it can be.

    `lower` 0 and `upper` None are no bounds; `most` is the greatest that it can be. What weighs
    less than 0 adds to it when it is left. `weights` may name decided variables as well.
    """

    weights: Mapping[str, int]
    lower: int
    upper: int | None
    most: int
    falls: bool
    """Whether some weight is less than 0."""

    def holds(self, amount: int) -> bool:
        return amount >= self.lower and (self.upper is None or amount <= self.upper)


class Choices(NamedTuple):
    """How many choices of some variables add what; `reads` are the sums of which keys tell.

    Sums of `steps` are in step with the carried one: its digit d adds d to them, too. `most` is
    the most that the variables can add, packed.
    """

    ways: Ways
    reads: frozenset[int]
    steps: frozenset[int]
    most: int

    @property
    def size(self) -> int:
        """The bits of all polynomials, without the zeros that they end in."""
        return sum([w.bit_length() - (w & -w).bit_length() + 1 for w in self.ways.values()])


class Ledger:
    """The sums of one question about so many variables: one carried, the others by their index.

    `join` raises GaveUpError where keys and digits would take more than `memory` bytes, or far too
    many products would be made.
    """

    def __init__(
        self, carried: BoundedSum, sums: Sequence[BoundedSum], variables: int, memory: int
    ) -> None:
        self.carried, self.sums = carried, sums
        self.width = variables + 2  # all digits together are less than one of all ones
        self._digit = (1 << self.width) - 1
        field = max(carried.most, *[each.most for each in sums], 0).bit_length() + 2  # and a sign
        self._offsets = range(0, field * len(sums), field)
        self._field = (1 << field) - 1
        self._half = 1 << field - 1
        self.ones = [1 << offset for offset in self._offsets]
        self._bias = self._half * sum(self.ones)
        bounds = [each.lower if each.upper is None else each.upper for each in (carried, *sums)]
        digits = 1 + min(max(bounds), carried.most)
        bits = digits * self.width + field * len(sums)
        self._most_keys = memory // (KEY_BYTES + bits // 8)

    def pack(self, amounts: Collection[int]) -> int:
        """One amount a sum as one key; keys can be added up."""
        return sum([each << offset for each, offset in zip(amounts, self._offsets, strict=True)])

    def carry(self, polynomial: int, steps: frozenset[int]) -> Choices:
        """A tally of choices that add the same to the carried sum and to those in step."""
        degree = polynomial.bit_length() // self.width
        most = degree * sum([self.ones[index] for index in steps])
        return self._reduce({0: polynomial}, steps, steps, most)

    def join(self, one: Choices, other: Choices, decided: int | None = None) -> Choices:
        """Every choice of the one with every choice of the other, and a sum decided by that.

        Sums have to be in step on both sides or on none, but for the decided one.
        """
        if apart := (one.steps ^ other.steps) - {decided}:
            one, other = self._align(one, other, apart)
        reads, most, ways = one.reads | other.reads, one.most + other.most, Ways()
        if decided is not None and not (decided in one.steps and decided in other.steps):
            self._multiply_deciding(one, other, decided, ways)
            return self._forget(ways, reads, one.steps, most, decided)
        self._multiply(one.ways, other.ways, ways)
        if decided is None:
            return self._reduce(ways, reads, one.steps, most)
        kept = self._within(ways, decided, 0, in_step=True)
        return self._forget(kept, reads, one.steps, most, decided)

    def decide(self, tally: Choices, index: int) -> Choices:
        """Only the choices that leave a sum within its bounds; it is told apart no longer."""
        ways, reads, steps, most = tally
        kept = self._within(ways, index, 0, in_step=index in steps)
        return self._forget(kept, reads, steps, most, index)

    def total(self, tally: Choices) -> int:
        """How many choices leave the carried sum within its bounds, where no other is read."""
        return self._between(tally.ways.get(0, 0), self.carried, 0) % self._digit

    def _multiply_deciding(self, one: Choices, other: Choices, index: int, ways: Ways) -> None:
        """The sum is in step on one side at the most: of that one only what will do is taken."""
        if index in one.steps:
            one, other = other, one
        groups: dict[int, Ways] = {}
        for key, polynomial in one.ways.items():
            amount = self._amount(key, index)
            groups.setdefault(amount, {})[key - amount * self.ones[index]] = polynomial
        in_step = index in other.steps
        for amount, group in groups.items():
            kept = self._within(other.ways, index, amount, in_step=in_step)
            self._multiply(group, kept, ways)

    def _multiply(self, one: Ways, other: Ways, ways: Ways) -> None:
        """Add all products; most polynomials of the smaller side are a power of two."""
        if len(one) < len(other):
            one, other = other, one
        if len(one) > self._most_keys or len(one) * len(other) > PRODUCTS:
            raise GaveUpError
        for key, polynomial in other.items():
            zeros = (polynomial & -polynomial).bit_length() - 1
            factor = polynomial >> zeros
            for key_of_one, multiplied in one.items():
                both = key + key_of_one
                product = (multiplied if factor == 1 else multiplied * factor) << zeros
                ways[both] = ways[both] + product if both in ways else product
            if len(ways) > self._most_keys:
                raise GaveUpError

    def _within(self, ways: Ways, index: int, start: int, *, in_step: bool) -> Ways:
        """The ways that leave a sum, which starts from some amount, within its bounds."""
        within: Ways = {}
        bounds, one = self.sums[index], self.ones[index]
        for key, polynomial in ways.items():
            amount = self._amount(key, index)
            if in_step:
                kept = self._between(polynomial, bounds, start + amount)
            else:
                kept = polynomial if bounds.holds(start + amount) else 0
            if kept:
                rest = key - amount * one
                within[rest] = within[rest] + kept if rest in within else kept
        return within

    def _forget(
        self, ways: Ways, reads: frozenset[int], steps: frozenset[int], most: int, index: int
    ) -> Choices:
        """A tally in which a decided sum is told apart no longer."""
        most -= self._amount(most, index) * self.ones[index]
        return self._reduce(ways, reads - {index}, steps - {index}, most)

    def _amount(self, key: int, index: int) -> int:
        """What a key adds to one of the sums; less than 0 if it is in step and digits add more."""
        return (key + self._bias >> self._offsets[index] & self._field) - self._half

    def _align(
        self, one: Choices, other: Choices, apart: frozenset[int]
    ) -> tuple[Choices, Choices]:
        """Put a much smaller one in step as the other is, else both out of step."""
        size, other_size = one.size, other.size
        if FEWER * size < other_size:
            return self._put_in_step(one, one.steps ^ apart), other
        if FEWER * other_size < size:
            return one, self._put_in_step(other, other.steps ^ apart)
        one, other = (self._put_in_step(each, each.steps - apart) for each in (one, other))
        return one, other

    def _put_in_step(self, tally: Choices, steps: frozenset[int]) -> Choices:
        """The same choices with other sums in step: each digit has a key of its own then."""
        if steps == tally.steps:
            return tally
        delta = sum([self.ones[index] for index in tally.steps - steps])
        delta -= sum([self.ones[index] for index in steps - tally.steps])
        ways: Ways = {}
        for start, polynomial in tally.ways.items():
            place = ((polynomial & -polynomial).bit_length() - 1) // self.width
            rest = polynomial >> place * self.width
            while rest:
                if digit := rest & self._digit:
                    key = start + place * delta
                    ways[key] = ways.get(key, 0) + (digit << place * self.width)
                place, rest = place + 1, rest >> self.width
            if len(ways) > self._most_keys:
                raise GaveUpError
        return self._reduce(ways, tally.reads | steps, steps, tally.most)

    def _reduce(
        self, ways: Ways, reads: frozenset[int], steps: frozenset[int], most: int
    ) -> Choices:
        """A tally without what nothing can finish, and with one key for all that any rest finishes.

        A sum that has reached its lower bound, and has no upper one, asks for nothing more.
        """
        if len(ways) <= FEW and max(ways.values(), default=0) < LONG:
            return Choices(ways, reads, steps, most)
        bounds = [(index in steps, *self._asked(index, most)) for index in reads]
        reduced: Ways = {}
        for key, polynomial in ways.items():
            same, enough, limit = key, self.carried.lower, self.carried.upper
            for in_step, offset, lower, upper, rest in bounds:
                amount = (key + self._bias >> offset & self._field) - self._half  # no call: hot
                if in_step:
                    if upper is None:
                        enough = max(enough, lower - amount)
                    elif limit is None or limit > upper - amount:
                        limit = upper - amount
                elif amount + rest < lower or (upper is not None and amount > upper):
                    break
                elif amount > lower:
                    alike = lower if upper is None else max(amount, upper - rest)
                    same += alike - amount << offset
            else:
                if kept := self._shorten(polynomial, enough, limit):
                    reduced[same] = reduced[same] + kept if same in reduced else kept
        return Choices(reduced, reads, steps, most)

    def _asked(self, index: int, most: int) -> tuple[int, int, int | None, int]:
        """Where a sum has its field, its bounds, and the most that all other variables can add."""
        bounds = self.sums[index]
        rest = bounds.most - self._amount(most, index)
        return self._offsets[index], bounds.lower, bounds.upper, rest

    def _shorten(self, polynomial: int, enough: int, limit: int | None) -> int:
        """Without the digits past a limit; without one, those from `enough` on are one digit."""
        if limit is not None:
            return self._below(polynomial, limit + 1)
        place = max(enough, 0) * self.width
        if polynomial.bit_length() <= place + self.width:
            return polynomial
        return (polynomial & (1 << place) - 1) + ((polynomial >> place) % self._digit << place)

    def _between(self, polynomial: int, bounds: BoundedSum, start: int) -> int:
        """The digits that leave a sum in step, or the carried one, within its bounds."""
        if bounds.upper is not None:
            polynomial = self._below(polynomial, bounds.upper - start + 1)
        if bounds.lower <= start:
            return polynomial
        zeros = (bounds.lower - start) * self.width
        return polynomial >> zeros << zeros

    def _below(self, polynomial: int, digit: int) -> int:
        if digit * self.width >= polynomial.bit_length():
            return polynomial
        return polynomial & (1 << max(digit, 0) * self.width) - 1
