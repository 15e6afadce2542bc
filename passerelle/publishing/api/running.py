"""Run the app on a port until a signal comes; requests in flight are answered first."""

from __future__ import annotations

import socket

import uvicorn
from fastapi import FastAPI

FAREWELL = 30
"""Seconds that requests in flight have to end."""


def listen(host: str, port: int) -> socket.socket:
    """Open a port; 0 takes any that is free.

    Raises:
        OSError: it is taken, or not ours to open.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=2048)


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
    uvicorn.Server(config).run(sockets=[listening])
