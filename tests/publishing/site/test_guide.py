"""The developers' guide: every example runs, against a release that is served as the guide says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
import uvicorn

from passerelle.publishing.api.app import ApiSettings, make_app
from passerelle.publishing.api.running import listen
from passerelle.publishing.api.serving import Serving
from passerelle.settings import PROJECT
from schemas.base import LanguageMap
from schemas.records import Audience, Initiative, Territory, TextStatus
from tests.publishing.factories import Press, initiative, matched, reference

GUIDE = PROJECT / "docs/for-developers.md"
HOST = "https://data.example.org"
LIMIT = 300
"""Seconds that an example, or a server, may take on a slow machine."""

Examples = dict[str, str]


def examples() -> Examples:
    """Give the code blocks of the guide: by the file name in their first line, or bash-1, bash-2 …"""
    found: Examples = {}
    for language, code in re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        named = re.match(r"(?:#|//) (\S+\.\w+)\n", code)
        found[named.group(1) if named else f"{language}-{len(found)}"] = code
    return found


MACHINE = {"summary.en": TextStatus(origin="machine", engine="argos", source_language="fr")}


def crossing() -> Initiative:
    return initiative(
        6,
        name=LanguageMap(fr="La Traversée des marées", en="The Crossing"),
        themes=("runaway",),
        audience=Audience(min_age=16, max_age=24),
        territory=Territory(regions=("04",)),
        text_status=MACHINE,
    )


def second() -> tuple[Initiative, ...]:
    """Give the initiatives of the second release: one as it was, one changed, one new; one is merged, one withdrawn."""
    changed = initiative(1, audience=Audience(min_age=12), text_status=MACHINE)
    return changed, initiative(3), initiative(5, name=LanguageMap(fr="Neuf")), crossing()


@contextmanager
def serving(press: Press, folder: Path) -> Iterator[str]:
    """Serve the releases of a press; give the address."""
    app = make_app(Serving(press.curated, "sqlite://", folder), ApiSettings(rate=0, watch=0.1))
    with listen("127.0.0.1", 0) as socket:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on"))
        thread = Thread(target=server.run, kwargs={"sockets": [socket]})
        thread.start()
        host = f"http://127.0.0.1:{socket.getsockname()[1]}"
        try:
            wait_for(host, 1)
            yield host
        finally:
            server.should_exit = True
            thread.join()


def wait_for(host: str, number: int) -> None:
    """Wait until a release of at least this number is served."""
    end = time.monotonic() + LIMIT
    while True:
        try:
            if fetched(host, "index.json").json()["version"] >= number:
                return
        except httpx.TransportError:
            pass  # not listening yet
        assert time.monotonic() < end
        time.sleep(0.05)


def fetched(host: str, path: str) -> httpx.Response:
    return httpx.get(f"{host}/latest/{path}", timeout=LIMIT).raise_for_status()


def publish_first(press: Press) -> None:
    assert press.publish(matched(*(initiative(n) for n in (1, 2, 3, 4)), crossing())).status == "published"


def publish_second(press: Press) -> None:
    told = matched(*second(), redirects={"ini-00000002": "ini-00000001"}, withdrawn={"ini-00000004": "asked for"})
    assert press.publish(told, on=2).status == "published"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve two releases."""
    folder = tmp_path_factory.mktemp("guide")
    press = Press(folder / "curated")
    publish_first(press)
    publish_second(press)
    with serving(press, folder / "api") as address:
        yield address


def run(name: str, host: str, folder: Path, *arguments: str) -> str:
    """Run an example in a folder; give what it said."""
    code = examples()[name].replace(HOST, host)
    (folder / name).write_text(code, "utf-8")
    suffix = Path(name).suffix
    tool = {".py": sys.executable, ".mjs": shutil.which("node") or "", "": shutil.which("bash") or ""}[suffix]
    if not tool:
        pytest.skip("no Node here: apt-get install nodejs")
    options = ["-W", "error::DeprecationWarning"] if suffix == ".py" else ["-e"] if not suffix else []
    done = subprocess.run(
        [tool, *options, name, *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def download(host: str, folder: Path) -> None:
    for path in ("index.json", "initiatives.ndjson"):
        (folder / path).write_bytes(fetched(host, path).content)


def records(release: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (release / "initiatives.ndjson").read_text("utf-8").splitlines()]


def copied(folder: Path) -> Any:
    """Give the copy that sync.py keeps."""
    return json.loads((folder / "copy.json").read_text("utf-8"))


def bash(place: int) -> str:
    return [name for name in examples() if name.startswith("bash")][place]


def test_every_example_of_the_guide_is_run_here() -> None:
    source = Path(__file__).read_text("utf-8")
    assert [name for name in examples() if f'"{name}"' not in source and not name.startswith("bash-")] == []
    assert len([name for name in examples() if name.startswith("bash-")]) == 2


def test_a_download_is_verified_and_asked_for_once(host: str, tmp_path: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("no curl here: apt-get install curl")
    said = run(bash(0), host, tmp_path)
    assert said.splitlines() == ["release 2: verified", "the second time: 304"]
    assert (tmp_path / "initiatives.ndjson").read_bytes() == fetched(host, "initiatives.ndjson").content


def test_a_copy_is_kept_by_asking_only_for_what_changed(tmp_path: Path) -> None:
    press = Press(tmp_path / "curated")
    publish_first(press)
    with serving(press, tmp_path / "api") as host:
        assert "loaded release 1: 5 initiatives" in run("sync.py", host, tmp_path)
        publish_second(press)
        wait_for(host, 2)
        assert "changes/1-2.ndjson: 4 lines" in run("sync.py", host, tmp_path)
        assert run("sync.py", host, tmp_path) == "copy of release 2: 4 initiatives\n"
        copy = copied(tmp_path)
        assert copy["records"] == {record["id"]: record for record in records(press.current)}
        assert copy["moved"] == {"ini-00000002": "ini-00000001", "ini-00000004": None}
        (tmp_path / "copy.json").unlink()
        assert "loaded release 2: 4 initiatives" in run("sync.py", host, tmp_path)
        assert copied(tmp_path) == copy
        back = matched(*second(), initiative(4), redirects={"ini-00000002": "ini-00000001"})
        assert press.publish(back, on=3).status == "published"
        wait_for(host, 3)
        assert "changes/2-3.ndjson" in run("sync.py", host, tmp_path)
        copy = copied(tmp_path)
        assert copy["records"] == {record["id"]: record for record in records(press.current)}
        assert copy["moved"] == {"ini-00000002": "ini-00000001"}
        (tmp_path / "copy.json").unlink()
        run("sync.py", host, tmp_path)
    assert copied(tmp_path) == copy


def test_a_damaged_download_is_refused(tmp_path: Path) -> None:
    press = Press(tmp_path / "curated")
    publish_first(press)
    with serving(press, tmp_path / "api") as host:
        path = press.current / "initiatives.ndjson"
        path.write_bytes(path.read_bytes().replace(b"Rimouski", b"Rimouska"))
        with pytest.raises(AssertionError, match="arrived damaged"):
            run("sync.py", host, tmp_path)


def test_origins_are_read(host: str, tmp_path: Path) -> None:
    download(host, tmp_path)
    said = run("origins.py", host, tmp_path)
    assert "ini-00000001 summary: '1 evenings a week in Rimouski.' [machine]" in said
    assert "ini-00000003 summary: '3 evenings a week in Rimouski.' [source]" in said
    assert "ini-00000003 name: no text (" in said
    assert "ini-00000006 name: 'The Crossing' [source]" in said


def test_the_api_filters_and_searches(host: str, tmp_path: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("no curl here: apt-get install curl")
    filtered, found = (json.loads(line) for line in run(bash(1), host, tmp_path).replace("}{", "}\n{").splitlines())
    assert [one["id"] for one in filtered["items"]] == ["ini-00000006"]
    assert {one["id"] for one in found["items"]} >= {"ini-00000001", "ini-00000003"}


def test_the_filters_of_the_guide_find_something_in_the_example_release() -> None:
    theme, region, age = re.findall(r"theme=(\S+?)&region=(\d\d)&age=(\d+)", GUIDE.read_text("utf-8"))[0]
    near = [one for one in records(PROJECT / "curated/example") if region in one["territory"]["regions"]]
    fitting = [one["audience"] for one in near if theme in one["themes"]]
    assert any(one["min_age"] <= int(age) <= one["max_age"] for one in fitting)
    assert f'regions.includes("{region}") && one.themes.includes("{theme}")' in examples()["files.mjs"]


def test_javascript_pages_through_a_search(host: str, tmp_path: Path) -> None:
    said = run("search.mjs", host, tmp_path)
    assert {line.split()[0] for line in said.splitlines()} >= {"ini-00000001", "ini-00000003", "ini-00000006"}


def test_javascript_verifies_and_filters_files(host: str, tmp_path: Path) -> None:
    assert run("files.mjs", host, tmp_path) == "1 of 4 [ 'La Traversée des marées' ]\n"


def test_ids_that_are_gone_are_followed(host: str, tmp_path: Path) -> None:
    assert run("follow.py", host, tmp_path, "ini-00000002") == "ini-00000002 is ini-00000001\n"
    withdrawn = run("follow.py", host, tmp_path, "ini-00000004")
    assert withdrawn == "ini-00000004 was withdrawn in release 2: asked for\n"
    assert "never published" in run("follow.py", host, tmp_path, "ini-zzzzzzzz")
    assert run("follow.py", host, tmp_path, "ini-00000003") == "ini-00000003 is ini-00000003\n"


def test_tables_are_read(host: str, tmp_path: Path) -> None:
    download(host, tmp_path)
    assert "runaway" in run("with_duckdb.py", host, tmp_path)
    said = run("with_pandas.py", host, tmp_path)
    assert "La Traversée des marées" in said
    assert "runaway" in said


def test_sources_are_credited(host: str, tmp_path: Path) -> None:
    download(host, tmp_path)
    said = run("credits.py", host, tmp_path)
    assert said.splitlines() == [
        "Rive – Tous droits réservés",
        f"Passerelle, ini-00000001, release 2; read on {reference(page='atelier-1').url}",
    ]
