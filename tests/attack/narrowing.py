"""What a patient reader narrows: between which whole numbers each count must lie, sum after sum, until nothing moves.

Belongs here: the intervals and the sums that narrow them. Not here: which counts add up (`attacker`); nothing of
the house's code is used.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Sequence
from math import inf

Name = Hashable


class Narrowing:
    """Counts by name, each between two whole numbers; `sums` say that some together are another."""

    def __init__(self) -> None:
        self.least: dict[Name, float] = {}
        self.most: dict[Name, float] = {}
        self.sums: list[tuple[tuple[Name, ...], Name]] = []
        self._sums_of: dict[Name, list[int]] = {}

    def between(self, name: Name, least: float, most: float = inf) -> None:
        """What is known of a count beforehand."""
        self.least[name] = max(least, self.least.get(name, 0))
        self.most[name] = min(most, self.most.get(name, inf))

    def add(self, parts: Sequence[Name], total: Name) -> None:
        """The parts together are the total; counts nobody spoke of are at least nobody."""
        for name in (*parts, total):
            self.between(name, 0)
            self._sums_of.setdefault(name, []).append(len(self.sums))
        self.sums.append((tuple(parts), total))

    def settle(self, begin: Iterable[Name] | None = None) -> dict[Name, tuple[float, float]]:
        """Narrow until nothing moves, from the counts `begin` or from all; returns what was before of each that moved.

        Raises ArithmeticError where nothing is left for a count: a sum is not what it was taken for.
        """
        before: dict[Name, tuple[float, float]] = {}
        waiting = deque(dict.fromkeys(self.least if begin is None else begin))
        queued = set(waiting)
        while waiting:
            name = waiting.popleft()
            queued.discard(name)
            for moved in self._narrowed_by(name, before):
                if moved not in queued:
                    queued.add(moved)
                    waiting.append(moved)
        return before

    def restore(self, before: dict[Name, tuple[float, float]]) -> None:
        """Forget what `settle` found."""
        for name, (least, most) in before.items():
            self.least[name], self.most[name] = least, most

    def known(self, name: Name) -> bool:
        """Whether only one number is left."""
        return self.least[name] == self.most[name]

    def _narrowed_by(self, name: Name, before: dict[Name, tuple[float, float]]) -> list[Name]:
        moved = []
        for number in self._sums_of.get(name, ()):
            moved += self._narrow_sum(*self.sums[number], before)
        return moved

    def _narrow_sum(
        self, parts: tuple[Name, ...], total: Name, before: dict[Name, tuple[float, float]]
    ) -> list[Name]:
        least = sum(self.least[part] for part in parts)
        endless = [part for part in parts if self.most[part] == inf]
        most = sum(self.most[part] for part in parts if self.most[part] != inf)
        moved = self._to(total, least, inf if endless else most, before)
        for part in parts:
            others_least = least - self.least[part]
            finite = most if endless == [part] else inf
            others_most = finite if endless else most - self.most[part]
            moved += self._to(
                part, self.least[total] - others_most, self.most[total] - others_least, before
            )
        return moved

    def _to(
        self, name: Name, least: float, most: float, before: dict[Name, tuple[float, float]]
    ) -> list[Name]:
        was = self.least[name], self.most[name]
        now = max(was[0], least), min(was[1], most)
        if now == was:
            return []
        if now[0] > now[1]:
            raise ArithmeticError(f"nothing is left for {name}")
        before.setdefault(name, was)
        self.least[name], self.most[name] = now
        return [name]
