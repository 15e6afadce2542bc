from __future__ import annotations

import signal


def heed_interrupts() -> None:
    """Let a child hear Ctrl-C even where the tests run in the background, whose children ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
