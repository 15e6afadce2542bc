"""Run the app on a port until a signal comes; requests in flight are answered first."""

from __future__ import annotations

import socket
import sys

import uvicorn
from fastapi import FastAPI

SWITCH = 0.0005
"""Seconds after which a thread that answers lets the others go on; the usual 5 ms are as long as a whole answer."""
FAREWELL = 30
"""Seconds that requests in flight have to end."""


def listen(host: str, port: int) -> socket.socket:
    """Open a port; 0 takes any that is free.

    Raises:
        OSError: it is taken, or not ours to open.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once only where the protocol is named; else each waits 40 ms for an earlier ACK.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(2048)
    except OSError:
        listening.close()
        raise
    return listening


def run(app: FastAPI, listening: socket.socket, *, verbose: bool = False) -> None:
    """Answer on an open port until Ctrl-C or SIGTERM."""
    config = uvicorn.Config(
        app,
        log_config=None,  # the command line has set up logging
        access_log=verbose,
        proxy_headers=False,  # the app believes the proxies that its settings name, and nobody else
        server_header=False,
        timeout_graceful_shutdown=FAREWELL,
        lifespan="on",
    )
    sys.setswitchinterval(SWITCH)
    uvicorn.Server(config).run(sockets=[listening])
