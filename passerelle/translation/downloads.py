"""Fetches a package: only over HTTPS, with a bound, and going on where an earlier attempt stopped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from passerelle.translation.errors import ModelError

MOST_BYTES = 1024**3
ATTEMPTS = 3
TIMEOUT = httpx.Timeout(30.0, connect=15.0)
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}

Progress = Callable[[int, int | None], None]
"""Told the bytes that are there, and of how many where the server says."""


def check_address(url: str) -> None:
    """Refuse what is not HTTPS (this machine aside).

    Raises:
        ModelError: the address is another one.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        msg = f"{url}: only https addresses are used; download the file yourself and install it from there"
        french = f"{url} : seules les adresses https servent; téléchargez le fichier vous-même, puis installez-le"
        raise ModelError(msg, french)


def fetch_json(client: httpx.Client, url: str) -> Any:
    """Fetch a package index.

    Raises:
        ModelError: it cannot be had, or is no JSON.
    """
    check_address(url)
    try:
        answer = client.get(url, timeout=TIMEOUT, follow_redirects=True)
        answer.raise_for_status()
        check_address(str(answer.url))
        return answer.json()
    except (httpx.HTTPError, ValueError) as error:
        msg = f"{url}: the package index cannot be read ({error}); try later, or install from a file"
        french = f"{url} : l’index des paquets ne se lit pas ({error}); réessayez, ou installez d’un fichier"
        raise ModelError(msg, french) from error


def fetch(client: httpx.Client, url: str, folder: Path, progress: Progress | None = None) -> Path:
    """Download a file into a folder; what an interrupted download left there is completed, not fetched again.

    Raises:
        ModelError: the download failed; what came is kept for the next attempt.
    """
    check_address(url)
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]", "_", urlsplit(url).path.rpartition("/")[2]) or "package"
    part, mark = folder / f"{name}.part", folder / f"{name}.part.json"
    problem: Exception | None = None
    for _ in range(ATTEMPTS):
        try:
            _fetch_rest(client, url, part, mark, progress)
        except httpx.HTTPStatusError as error:
            problem = error
            if error.response.status_code < 500:
                break
        except httpx.HTTPError as error:
            problem = error
        else:
            done = folder / name
            part.replace(done)
            mark.unlink(missing_ok=True)
            return done
    have = part.stat().st_size if part.exists() else 0
    msg = f"{url}: the download stopped after {have / 1e6:.1f} MB ({problem}); run the command again to go on"
    french = f"{url} : arrêt après {have / 1e6:.1f} Mo ({problem}); la même commande reprend le téléchargement"
    raise ModelError(msg, french) from problem


def _fetch_rest(client: httpx.Client, url: str, part: Path, mark: Path, progress: Progress | None) -> None:
    headers = _range_headers(url, part, mark)
    with client.stream("GET", url, headers=headers, timeout=TIMEOUT, follow_redirects=True) as answer:
        check_address(str(answer.url))
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink(missing_ok=True)
            msg = "the part already here does not fit the file; starting over"
            raise httpx.ReadError(msg)
        answer.raise_for_status()
        resumed = answer.status_code == httpx.codes.PARTIAL_CONTENT and _starts_at(answer, part)
        have = part.stat().st_size if resumed else 0
        length = answer.headers.get("Content-Length")
        total = have + int(length) if length and length.isdigit() else None
        _note(url, answer, mark)
        with part.open("ab" if resumed else "wb") as sink:
            for piece in answer.iter_bytes(1024**2):
                have += len(piece)
                if have > MOST_BYTES:
                    msg = f"{url}: larger than {MOST_BYTES // 1024**2} MB; download it yourself if you trust it"
                    french = f"{url} : plus de {MOST_BYTES // 1024**2} Mo; téléchargez-le vous-même si vous y tenez"
                    raise ModelError(msg, french)
                sink.write(piece)
                if progress:
                    progress(have, total)
    if total is not None and have != total and "Content-Encoding" not in answer.headers:
        msg = f"{have} of {total} bytes came"
        raise httpx.ReadError(msg)


def _range_headers(url: str, part: Path, mark: Path) -> dict[str, str]:
    """Ask for the rest, provided that the file is still the one that was begun."""
    headers = {"Accept-Encoding": "identity"}
    if part.exists() and part.stat().st_size and mark.exists():
        known = _read_mark(mark)
        if known.get("url") == url and known.get("tag"):
            headers |= {"Range": f"bytes={part.stat().st_size}-", "If-Range": known["tag"]}
    return headers


def _read_mark(mark: Path) -> dict[str, str]:
    try:
        known: Any = json.loads(mark.read_text("utf-8"))
    except ValueError:  # cut short when the process was killed: the download starts over
        return {}
    return known if isinstance(known, dict) else {}


def _starts_at(answer: httpx.Response, part: Path) -> bool:
    found = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
    if found is None or not part.exists() or int(found[1]) != part.stat().st_size:
        part.unlink(missing_ok=True)
        msg = "the server sent another part than asked; starting over"
        raise httpx.ReadError(msg)
    return True


def _note(url: str, answer: httpx.Response, mark: Path) -> None:
    """Remember which version of the file was begun: by its strong ETag, else its date."""
    tag = answer.headers.get("ETag", "")
    if not tag or tag.startswith("W/"):
        tag = answer.headers.get("Last-Modified", "")
    mark.write_text(json.dumps({"url": url, "tag": tag}), "utf-8")
