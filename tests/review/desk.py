"""The desk of a test: the real one, with routes made once, and passwords hashed in no time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, cast

from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.routing import BaseRoute

from passerelle.cli.issue_codes import issue_codes
from passerelle.review.accounts.passwords import Passwords
from passerelle.review.accounts.signing_in import Door
from passerelle.review.web.app import make_app
from passerelle.review.web.people import Person
from passerelle.review.web.security.settings import Security
from passerelle.store.database import Store

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes in no time; never outside tests."""


def desk(
    store: Store,
    help: Any = None,  # noqa: A002 - as the desk calls it
    *,
    alone: Person | None = None,
    security: Security | None = None,
) -> FastAPI:
    """Make the desk over a store; making its routes costs 0.1 s, and those of another desk do as well."""
    doors = security or Security(Door(store, Passwords(QUICK)), alone=alone)
    app = make_app(store, help, security=doors, codes=issue_codes())
    app.router.routes[:] = _routes()
    app.router.lifespan_context = _cold
    return app


@asynccontextmanager
async def _cold(_app: Any) -> AsyncIterator[None]:
    """Warm nothing up: wild requests start the desk anew each time."""
    yield


@cache
def _routes() -> tuple[BaseRoute, ...]:
    nobody = Security(cast(Any, None))
    return tuple(make_app(cast(Any, None), cast(Any, None), security=nobody).router.routes)
