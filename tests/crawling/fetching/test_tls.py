"""Secure connections: certificates, names, HTTP/2."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from passerelle.crawling.fetching.answers import Answer, Failure
from tests.crawling.fetching.conftest import NAME, MakeFetcher
from tests.crawling.fetching.faults import FakeClock, FaultServer, reply


@pytest.fixture
def tls_server(clock: FakeClock, secured: ssl.SSLContext) -> Iterator[FaultServer]:
    server = FaultServer(clock, tls=secured)
    server.on("/a", reply("ok"))
    yield server
    server.close()


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def test_a_self_signed_certificate_is_a_tls_failure(make_fetcher: MakeFetcher, tls_server: FaultServer) -> None:
    found = make_fetcher(allow_hosts=frozenset({tls_server.host})).fetch(tls_server.url("/a"))
    assert isinstance(found, Failure)
    assert (found.kind, tls_server.seen, tls_server.connections) == ("tls", [], 1)
    assert "self-signed certificate" in found.message


def test_a_certificate_for_another_name_is_a_tls_failure(
    make_fetcher: MakeFetcher, tls_server: FaultServer, certificate: Path
) -> None:
    fetcher = make_fetcher(
        tls=trusting(certificate),
        resolver=lambda host, port: ["127.0.0.1"],
        allow_hosts=frozenset({f"autre.test:{tls_server.port}"}),
    )
    found = fetcher.fetch(tls_server.url("/a", host="autre.test"))
    assert isinstance(found, Failure)
    assert (found.kind, tls_server.seen) == ("tls", [])


def test_a_pinned_connection_keeps_the_name_for_tls(
    make_fetcher: MakeFetcher, tls_server: FaultServer, certificate: Path, names: list[str | None]
) -> None:
    fetcher = make_fetcher(
        tls=trusting(certificate),
        resolver=lambda host, port: ["127.0.0.1"],
        allow_hosts=frozenset({f"{NAME}:{tls_server.port}"}),
    )
    found = fetcher.fetch(tls_server.url("/a", host=NAME))
    assert isinstance(found, Answer)
    assert (found.body, found.address, names) == (b"ok", "127.0.0.1", [NAME])


def test_a_server_without_tls_is_a_tls_failure(make_fetcher: MakeFetcher) -> None:
    def answer_in_clear(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(reply(status="400 Bad Request"))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer_in_clear, args=(listener,))
        thread.start()
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        found = make_fetcher(allow_hosts=frozenset({host})).fetch(f"https://{host}/a")
        thread.join(5)
    assert isinstance(found, Failure)
    assert found.kind == "tls"


def serve_http_2(listener: socket.socket, context: ssl.SSLContext) -> None:
    """Answer one connection in HTTP/2: 404 for robots.txt, a page for the rest."""
    plain, _ = listener.accept()
    plain.settimeout(5)
    with context.wrap_socket(plain, server_side=True) as connection:
        http = H2Connection(H2Configuration(client_side=False))
        http.initiate_connection()
        connection.sendall(http.data_to_send())
        while data := connection.recv(65536):
            for event in http.receive_data(data):
                if isinstance(event, RequestReceived):
                    path = dict(event.headers)[b":path"]
                    status = "404" if path == b"/robots.txt" else "200"
                    http.send_headers(event.stream_id, [(":status", status), ("content-type", "text/html")])
                    http.send_data(event.stream_id, b"page " + path, end_stream=True)
            connection.sendall(http.data_to_send())


def test_http_2_is_spoken_and_archived_in_words_that_readers_know(
    make_fetcher: MakeFetcher, secured: ssl.SSLContext, certificate: Path
) -> None:
    secured.set_alpn_protocols(["h2"])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        thread = threading.Thread(target=serve_http_2, args=(listener, secured))
        thread.start()
        fetcher = make_fetcher(
            tls=trusting(certificate),
            resolver=lambda host, port: ["127.0.0.1"],
            allow_hosts=frozenset({f"{NAME}:{port}"}),
        )
        with fetcher:
            found = fetcher.fetch(f"https://{NAME}:{port}/a")
        thread.join(5)
    assert isinstance(found, Answer)
    assert (found.http_version, found.body, found.media_type) == ("HTTP/2", b"page /a", "text/html")
    assert found.response_head == b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n"
    assert found.request_head.startswith(f"GET /a HTTP/1.1\r\nHost: {NAME}:{port}\r\n".encode())
