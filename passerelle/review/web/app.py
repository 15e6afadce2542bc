"""The desk put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from passerelle.review.accounts.signing_in import Door
from passerelle.review.errors import InvalidAct
from passerelle.review.web.desk import Desk, IssueCode
from passerelle.review.web.navigation import ROUTERS
from passerelle.review.web.people import Person
from passerelle.review.web.refusing import refuse
from passerelle.review.web.rendering import STATIC
from passerelle.review.web.security.forms import StaleFormError, check_token
from passerelle.review.web.security.guard import Guard, is_secret
from passerelle.review.web.security.heads import Heads
from passerelle.review.web.security.refusals import bug, stale_form
from passerelle.review.web.security.settings import Security
from passerelle.review.web.warming import warming
from passerelle.review.web.words import has_words
from passerelle.store.database import Store

if TYPE_CHECKING:
    from passerelle.review.help import Help

_PAGE: dict[str, Any] = {"content": {"text/html": {"schema": {"type": "string"}}}}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    303: {"description": "Done, or sign in first: the page to go to"},
    **{
        status: {"description": HTTPStatus(status).phrase, **_PAGE}
        for status in (400, 401, 403, 404, 405, 409, 413, 421, 422, 429, 502)
    },
}
"""What any route may answer, beside its page."""


def make_app(
    store: Store,
    help: Help,  # noqa: A002 - what it is
    *,
    alone: Person | None = None,
    security: Security | None = None,
    codes: Mapping[str, IssueCode] = MappingProxyType({}),
) -> FastAPI:
    """Make the app over a working database.

    Args:
        store: the working database.
        help: what the desk needs of the other stations.
        alone: the one person who works here while there are no accounts; none where people sign in.
        security: how the desk is guarded; by default it is open to this computer only.
        codes: what the codes of the issue log mean; an issue of another code shows its own message only.
    """
    app = FastAPI(
        title="Passerelle, the curator's desk",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        dependencies=[Depends(check_token)],
        default_response_class=HTMLResponse,
        responses=_ANSWERS,
        lifespan=warming,
    )
    app.state.desk = Desk(store, help, codes)
    app.state.security = security or Security(Door(store), alone=alone)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(HTTPException, _refused)  # type: ignore[arg-type]
    app.add_exception_handler(InvalidAct, _cannot)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _invalid)  # type: ignore[arg-type]
    app.add_exception_handler(StaleFormError, stale_form)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, bug)
    app.add_middleware(Guard, security=app.state.security)
    app.add_middleware(Heads)
    if app.state.security.proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(app.state.security.proxies))
    return app


def _refused(request: Request, error: HTTPException) -> Response:
    key = f"error.{error.status_code}"
    return refuse(
        request,
        error.status_code,
        key if has_words(key) else "error.other",
        _own_words(error),
        error.headers,
        fields=_fields(request),
    )


def _cannot(request: Request, error: InvalidAct) -> Response:
    key = f"invalid.{error.key}"
    status = 404 if error.key == "no-record" else 422
    key = key if has_words(key) else "error.422"
    return refuse(request, status, key, values=error.values, fields=_fields(request))


def _own_words(error: HTTPException) -> str:
    said = str(error.detail or "")
    return "" if said == HTTPStatus(error.status_code).phrase else said


def _invalid(request: Request, error: RequestValidationError) -> Response:
    said = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
    return refuse(request, 422, "error.422", said, fields=_fields(request))


def _fields(request: Request) -> Iterable[tuple[str, Any]]:
    """Give the form that was sent, where it was read and its text may be shown."""
    sent: FormData | None = getattr(request.state, "fields", None)
    return () if sent is None or is_secret(request.url.path) else sent.multi_items()
