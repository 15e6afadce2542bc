"""Passwords: which are taken, and how they are kept (argon2id, RFC 9106)."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from passerelle.review.accounts.errors import AccountError

SHORTEST = 12
"""Characters. NIST SP 800-63B asks for 8 beside a second factor; without one, more."""
LONGEST = 256
"""Characters, so that nobody keeps the server busy with one password."""
ENOUGH = 8
"""Characters left when each known word, run of keys or repetition counts as one: ``Bonjour12345!`` has three."""
AT_ONCE = 2
"""Hashes made at the same time; each takes 64 MiB, and a flood of sign-ins must not take all there is."""
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm")
_LEET = str.maketrans("@4301$5!7", "aaeoissit")
_SHORTEST_RUN = 4
_SHORTEST_PIECE = 3


class Verdict(NamedTuple):
    """What came of a password."""

    right: bool
    renewed: str | None = None
    """Its hash with today's parameters, where the stored one was made with others."""


class Passwords:
    """Hashes passwords and compares them."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Hash with the parameters of a hasher; by default RFC 9106's second choice: 64 MiB, 3 passes, 4 lanes."""
        self._hasher = hasher or PasswordHasher()
        self._slots = BoundedSemaphore(AT_ONCE)
        self._nobodys = self._hasher.hash(secrets.token_hex())

    def hash(self, password: str) -> str:
        """Hash a password."""
        with self._slots:
            return self._hasher.hash(_composed(password))

    def check(self, stored: str | None, password: str) -> Verdict:
        """Compare a password with a stored hash; without one it takes as long, and is wrong."""
        if len(password) > LONGEST:
            stored, password = None, ""
        with self._slots:
            right = self._matches(stored or self._nobodys, password) and stored is not None
        if not right or stored is None or not self._hasher.check_needs_rehash(stored):
            return Verdict(right)
        return Verdict(right, self.hash(password))

    def _matches(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, _composed(password))
        except (VerificationError, InvalidHashError):
            return False


def check_strength(password: str, *about: str | None) -> None:
    """Refuse a password that is short, too long, or made of what is tried first.

    Args:
        password: what was chosen.
        about: name and e-mail address of its owner, which others know too.

    Raises:
        AccountError: it is refused; the words say why.
    """
    composed = _composed(password)
    if len(composed) < SHORTEST:
        raise AccountError("password.short", least=SHORTEST)
    if len(composed) > LONGEST:
        raise AccountError("password.long", most=LONGEST)
    if len(set(composed)) < SHORTEST // 3 or _left(composed, about) < ENOUGH:
        raise AccountError("password.weak")


def make_password() -> str:
    """Make a password for somebody to begin with: four groups of five letters and digits that look like no other."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def _composed(password: str) -> str:
    """Write accents one way, whichever keyboard they come from (RFC 8265)."""
    return unicodedata.normalize("NFC", password)


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _left(password: str, about: Iterable[str | None]) -> int:
    """Count what is left when every piece that is tried first counts as one character."""
    own = {piece for said in about if said for piece in re.split(r"[\W_]+", _plain(said))}
    known = sorted({*_known(), *(p for p in own if len(p) >= _SHORTEST_PIECE)}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, known)))
    plain = _plain(password)
    return min(_length(pattern.sub("\0", text)) for text in (plain, plain.translate(_LEET)))


def _length(text: str) -> int:
    """Count the characters of a text in which runs of neighbouring keys and repetitions count as one."""
    once = re.sub(r"(.{1,8}?)\1+", r"\1", text)
    count = place = 0
    while place < len(once):
        longest = max((_shared(once[place:], run) for run in _both_ways()), default=0)
        place += longest if longest >= _SHORTEST_RUN else 1
        count += 1
    return count


def _shared(text: str, run: str) -> int:
    """Count how many characters at the start of a text follow each other in a run."""
    start = run.find(text[0])
    if start < 0:
        return 0
    pairs = zip(text, run[start:], strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(text), len(run) - start))


@cache
def _both_ways() -> tuple[str, ...]:
    return tuple(way for run in _RUNS for way in (run, run[::-1]))


@cache
def _known() -> frozenset[str]:
    lines = Path(__file__).with_name("tried_first.txt").read_text("utf-8").splitlines()
    return frozenset(_plain(line) for line in lines if line and not line.startswith("#"))
