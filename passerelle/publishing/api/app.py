"""The read API put together."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version

import anyio
from fastapi import Depends, FastAPI, Response
from fastapi.middleware.cors import CORSMiddleware
from starlette_compress import CompressMiddleware, add_compress_type
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from passerelle.publishing.api import file_routes, page_routes, record_routes, release_routes
from passerelle.publishing.api.description import describe
from passerelle.publishing.api.limits import Buckets
from passerelle.publishing.api.middleware import Headers, HoldRelease, Limit
from passerelle.publishing.api.problems import MEDIA_TYPE, add_handlers, once_each
from passerelle.publishing.api.release_routes import SCHEMA_MEDIA_TYPE
from passerelle.publishing.api.serving import Serving

for _media_type in (
    MEDIA_TYPE,
    SCHEMA_MEDIA_TYPE,
    "application/feed+json",
    "application/x-ndjson",
    "text/csv",
    "application/n-triples",
):
    add_compress_type(_media_type)


@dataclass(frozen=True)
class ApiSettings:
    """How the read API behaves."""

    rate: float = 20.0
    """Requests a second that a client may make in the long run; 0 for no limit."""
    burst: int = 100
    """Requests that a client may make at once."""
    proxies: tuple[str, ...] = ()
    """Addresses of proxies whose X-Forwarded-For is believed; none by default, since anybody can write one."""
    watch: float = 1.0
    """Seconds between looks at which release is current."""


def make_app(held: Serving, settings: ApiSettings | None = None) -> FastAPI:
    """Make the app that answers from the releases held, and closes them when it stops."""
    chosen = settings or ApiSettings()
    app = FastAPI(
        title="Passerelle",
        lifespan=partial(_lifespan, held, chosen.watch),
        default_response_class=Response,
        dependencies=[Depends(once_each)],
        openapi_url=None,  # it is a path of ours, which clients may ask again
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.serving, app.state.started = held, time.time()
    app.openapi = lambda: describe(app, version("passerelle"))  # type: ignore[method-assign]
    routers = (record_routes.router, release_routes.router, release_routes.at_home)
    for router in (*routers, file_routes.router, page_routes.router):
        app.include_router(router)
    add_handlers(app)
    # The last one added is the first that a request meets.
    app.add_middleware(CompressMiddleware, zstd=False)
    app.add_middleware(HoldRelease, serving=held)
    if chosen.rate:
        app.add_middleware(Limit, buckets=Buckets(chosen.rate, chosen.burst))
    app.add_middleware(Headers)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match", "If-Modified-Since", "If-Range", "Range"],
        expose_headers=["ETag", "Last-Modified", "Passerelle-Release", "Retry-After", "Content-Range"],
        max_age=86400,
    )
    if chosen.proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(chosen.proxies))
    return app


@asynccontextmanager
async def _lifespan(serving: Serving, seconds: float, _app: FastAPI) -> AsyncIterator[None]:
    await serving.follow()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(serving.watch, seconds)
        yield
        tasks.cancel_scope.cancel()
    serving.close()
