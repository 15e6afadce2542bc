"""A limit of requests a client: a bucket of tokens that fills at a steady rate."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from time import monotonic

CLIENTS = 10_000
"""Clients remembered; the one not seen for longest is forgotten, its bucket then is full again."""


class Buckets:
    """A bucket of tokens for each client."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = monotonic) -> None:
        """Make the buckets.

        Args:
            rate: requests a second in the long run.
            burst: requests at once after a pause.
            clock: tells the time in seconds.
        """
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> int:
        """Take a token of a client; give 0, or the seconds to wait for the next one."""
        now = self._clock()
        left, at = self._left.pop(client, (float(self._burst), now))
        left = min(float(self._burst), left + (now - at) * self._rate)
        wait = 0 if left >= 1 else max(1, math.ceil((1 - left) / self._rate))
        self._left[client] = (left if wait else left - 1, now)
        if len(self._left) > CLIENTS:
            self._left.popitem(last=False)
        return wait


def client_of(address: str) -> str:
    """Give the name of a client: its address, or the network of an IPv6 one, which has more than it can use."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Address(int(known) >> 64 << 64)) if isinstance(known, IPv6Address) else address
