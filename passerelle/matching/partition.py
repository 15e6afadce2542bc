"""Groups of keys that speak of one thing, under the words of curators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from schemas.working import Judgement, Verdict

Pair = tuple[str, str]
"""Two keys in order."""


def pair(one: str, two: str) -> Pair:
    """Put two keys in order."""
    return (one, two) if one <= two else (two, one)


class Partition:
    """Disjoint groups of keys that only grow, and pairs of keys that must stay apart."""

    def __init__(self, keys: Iterable[str], apart: Iterable[Pair] = ()) -> None:
        self._leader = {key: key for key in keys}
        self._members = {key: [key] for key in self._leader}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for one, two in apart:
            self._apart[one].add(two)
            self._apart[two].add(one)

    def find(self, key: str) -> str:
        """Give the name of a key's group."""
        return self._leader[key]

    def members(self, key: str) -> list[str]:
        """Give all keys of a key's group."""
        return self._members[self._leader[key]]

    def kept_apart(self, one: str, two: str) -> bool:
        """Tell whether joining the groups of two keys would put together what must stay apart."""
        others = set(self.members(two))
        return any(self._apart[key] & others for key in self.members(one) if key in self._apart)

    def join(self, one: str, two: str) -> bool:
        """Make one group of two, unless they must stay apart; tell whether they are one now."""
        left, right = self.find(one), self.find(two)
        if left == right:
            return True
        if self.kept_apart(left, right):
            return False
        if len(self._members[left]) < len(self._members[right]):
            left, right = right, left
        for key in self._members.pop(right):
            self._leader[key] = left
            self._members[left].append(key)
        return True

    def groups(self) -> list[list[str]]:
        """Give the groups, each sorted, in the order of their first keys."""
        return sorted(sorted(group) for group in self._members.values())


_STRENGTH: Mapping[Verdict, int] = {"unsure": 0, "same": 1, "different": 2}


def curated_verdicts(judgements: Iterable[Judgement]) -> dict[Pair, Verdict]:
    """Give what curators said of pairs of keys; what matching itself once proposed is worked out anew.

    Where two curators disagree, ``different`` wins: to keep apart can be seen and mended, a wrong merge hides.
    """
    said: dict[Pair, Verdict] = {}
    for judgement in judgements:
        place = pair(judgement.left, judgement.right)
        if judgement.by != "matching" and _STRENGTH[judgement.verdict] >= _STRENGTH[said.get(place, "unsure")]:
            said[place] = judgement.verdict
    return said
