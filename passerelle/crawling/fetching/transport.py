"""One exchange with one server: a request sent, an answer read whole, within limits.

Built on httpcore, the connection layer of httpx: what httpx adds above it (redirects, cookies, proxies from the
environment) a crawler must do by its own rules, or not at all.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import h11
import httpcore
import httpx

from passerelle.crawling.fetching.addresses import AddressGate
from passerelle.crawling.fetching.answers import Exchange, FailureKind, FetchError, Truncation
from passerelle.crawling.fetching.connection import ADDRESS, PinnedBackend, Watch, watching
from passerelle.crawling.fetching.decoding import BodyTooLargeError, Decoder, UndecodableError, UnfinishedError
from passerelle.crawling.fetching.pacing import Clock
from passerelle.crawling.fetching.settings import FetchSettings

KEEP_ALIVE = 75.0
"""Seconds that an idle connection is kept: longer than the usual pace, as long as servers commonly do."""

Pairs = tuple[tuple[str, str], ...]
_TRUNCATIONS: dict[FailureKind, Truncation] = {"too-large": "length", "timeout": "time", "truncated": "disconnect"}
_ERRORS = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)


class Transport:
    """Sends single requests. Thread-safe; keeps idle connections for the next request to the same host."""

    def __init__(
        self,
        settings: FetchSettings,
        gate: AddressGate,
        clock: Clock,
        stop: threading.Event,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._stop = stop
        self._timeouts = {
            "connect": settings.connect_timeout,
            "read": settings.read_timeout,
            "write": settings.read_timeout,
        }
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls or httpx.create_ssl_context(),
            max_connections=None,
            http2=True,
            keepalive_expiry=KEEP_ALIVE,
            network_backend=PinnedBackend(gate),
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def send(self, url: httpx.URL, headers: Sequence[tuple[str, str]], max_body: int) -> Exchange:
        """Send a GET request and read the whole answer.

        Raises:
            FetchError: no answer, or a page that is not whole; its ``exchange`` has what did arrive.
            Stopped: the fetcher was told to stop.
        """
        request = httpcore.Request(
            "GET",
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=[(b"Host", url.netloc), *((name.encode(), value.encode("latin-1")) for name, value in headers)],
            extensions={"timeout": self._timeouts},
        )
        at, start = self._clock.now(), self._clock.monotonic()
        watch = Watch(self._settings.total_timeout, self._stop)
        with watching(watch), _answered(self._pool, request, is_reused=lambda: not watch.connected) as response:
            received = _pairs(response)
            payload, body, trouble = self._read(response, received, max_body)
            exchange = Exchange(
                url=str(url),
                status=response.status,
                reason=_reason(response),
                http_version=_text(response.extensions["http_version"]),
                headers=received,
                request_head=_request_head(request),
                payload=payload,
                body=body,
                fetched_at=at,
                seconds=self._clock.monotonic() - start,
                address=response.extensions["network_stream"].get_extra_info(ADDRESS),
                truncated=_TRUNCATIONS.get(trouble.kind) if trouble else None,
            )
        if trouble and httpx.codes.is_success(exchange.status):  # the body of any other answer is no page
            trouble.exchange = exchange
            raise trouble
        return exchange

    def _read(self, response: httpcore.Response, headers: Pairs, limit: int) -> tuple[bytes, bytes, FetchError | None]:
        size = sum(len(name) + len(value) + 4 for name, value in headers)
        if size > (most := self._settings.max_head):
            return b"", b"", FetchError("bad-headers", f"headers of {size} bytes; at most {most} are read")
        coding = ", ".join(value for name, value in headers if name.lower() == "content-encoding")
        try:
            decoder = Decoder(coding, limit)
        except UndecodableError as error:
            return b"", b"", FetchError("bad-headers", str(error))
        payload: list[bytes] = []
        body: list[bytes] = []
        trouble = _read_body(response, decoder, payload, body, limit)
        whole = b"".join(payload)
        is_as_it_came = decoder.is_identity or (trouble and trouble.kind == "bad-headers")
        return whole, whole if is_as_it_came else b"".join(body), trouble


def _read_body(
    response: httpcore.Response, decoder: Decoder, payload: list[bytes], body: list[bytes], limit: int
) -> FetchError | None:
    """Read a body as transferred and as decoded, as far as it goes; say what stopped it.

    Of a body that is too large once decoded, the payload ends where the body does: what is archived of a bomb is none.
    """
    try:
        for chunk in response.iter_stream():
            payload.append(chunk)
            body.append(decoder.feed(chunk))
        decoder.finish()
    except BodyTooLargeError:
        if not decoder.is_identity:
            payload.pop()
        return FetchError("too-large", f"the body is larger than {limit:,} bytes once decoded")
    except UndecodableError as error:
        return FetchError("bad-headers", str(error))
    except UnfinishedError as error:
        return FetchError("truncated", str(error), again="later")
    except httpcore.TimeoutException as error:
        return FetchError("timeout", f"the body did not arrive in time: {error}", again="later")
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        return FetchError("truncated", f"the body stopped before its end: {error}", again="later")
    return None


@contextmanager
def _answered(
    pool: httpcore.ConnectionPool, request: httpcore.Request, is_reused: Callable[[], bool]
) -> Iterator[httpcore.Response]:
    try:
        response = pool.handle_request(request)
    except _ERRORS as error:
        raise _trouble(error, is_reused=is_reused()) from error
    try:
        yield response
    finally:
        response.close()


def _trouble(error: Exception, *, is_reused: bool) -> FetchError:
    """Name what went wrong before any answer was read."""
    if isinstance(error, httpcore.TimeoutException):
        return FetchError("timeout", f"no answer in time: {error or type(error).__name__}", again="later")
    if is_reused:
        return FetchError("connection", f"the connection kept from before was of no use: {error}", again="now")
    if isinstance(error, httpcore.NetworkError) or "disconnected" in str(error):
        return FetchError("connection", f"no connection: {error or type(error).__name__}", again="later")
    cause = error.args[0] if error.args else None
    if isinstance(cause, h11.RemoteProtocolError) and (
        cause.error_status_hint == httpx.codes.REQUEST_HEADER_FIELDS_TOO_LARGE or "header" in str(cause).lower()
    ):
        return FetchError("bad-headers", f"headers that cannot be read: {error}")
    return FetchError("not-http", f"the answer is not HTTP: {error}")


def _pairs(response: httpcore.Response) -> Pairs:
    return tuple((_text(name), _text(value)) for name, value in response.headers)


def _reason(response: httpcore.Response) -> str:
    """Give the reason phrase; HTTP/2 has none, and the usual one stands in."""
    said = response.extensions.get("reason_phrase")
    return httpx.codes.get_reason_phrase(response.status) if said is None else _text(said)


def _text(raw: bytes) -> str:
    return raw.decode("latin-1")


def _request_head(request: httpcore.Request) -> bytes:
    lines = [b"GET " + request.url.target + b" HTTP/1.1", *(name + b": " + value for name, value in request.headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n"
