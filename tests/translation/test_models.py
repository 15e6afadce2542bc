import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from passerelle.translation import archives, downloads, models
from passerelle.translation.argos import ArgosEngine
from passerelle.translation.errors import ModelError
from passerelle.translation.pins import SHIPPED, add_pin, pin_file, read_pins
from passerelle.translation.receipts import PROBES, RECEIPT
from passerelle.translation.verification import Problem, verify
from tests.translation.tiny_package import build_package

BASE = "https://packages.example"


def snapshot(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def edited(archive: Path, path: Path, edit: Callable[[zipfile.ZipFile], None]) -> Path:
    """Copy an archive and add members to it."""
    path.write_bytes(archive.read_bytes())
    with zipfile.ZipFile(path, "a") as opened:
        edit(opened)
    return path


def test_a_file_is_installed_pinned_and_ready(archive: Path, tmp_path: Path) -> None:
    (done,) = models.install(str(archive), tmp_path / "packages")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert done.newly_pinned
    assert read_pins(tmp_path / "packages")["fr-en 0.1"] == digest
    (package,) = models.installed(tmp_path / "packages")
    assert (package.label, package.digest, package.origin) == ("argos fr→en 0.1", digest, str(archive))
    assert ArgosEngine(tmp_path / "packages").translate(["Les jeunes"], "fr", "en") == ["The youth"]
    assert {path.name for path in (tmp_path / "packages").glob(".*")} <= {".argos"}


def test_installing_again_changes_nothing(archive: Path, tmp_path: Path) -> None:
    models.install(str(archive), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    (again,) = models.install(str(archive), tmp_path)
    assert again.already_there
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_folder_of_packages_is_installed_whole(tmp_path: Path) -> None:
    build_package(tmp_path, "fr", "en", "0.1")
    build_package(tmp_path, "en", "fr", "0.1")
    done = models.install(str(tmp_path), tmp_path / "packages")
    assert [one.package.label for one in done] == ["argos en→fr 0.1", "argos fr→en 0.1"]
    with pytest.raises(ModelError, match=r"no \.argosmodel file"):
        models.install(str(tmp_path / "packages"), tmp_path / "other")


def test_the_known_package_is_pinned_and_another_file_under_its_name_is_refused(tmp_path: Path) -> None:
    pin = "3b3052fee6bb1e8e8e632a26a723eb2a2c7710dfe73ba61ffd9b83e85d4f14c1"
    assert json.loads(SHIPPED.read_text("utf-8"))["fr-en 1.9"] == pin
    impostor = build_package(tmp_path, "fr", "en", "1.9")
    with pytest.raises(ModelError, match=rf"{pin} is pinned for fr-en 1\.9\. Nothing was installed"):
        models.install(str(impostor), tmp_path / "packages")
    assert snapshot(tmp_path / "packages") == []
    add_pin(tmp_path / "packages", "fr-en 1.9", "0" * 64)
    assert read_pins(tmp_path / "packages")["fr-en 1.9"] == pin


def test_a_package_that_changed_since_its_first_install_is_refused(archive: Path, tmp_path: Path) -> None:
    models.install(str(archive), tmp_path / "packages")
    changed = edited(archive, tmp_path / "x.argosmodel", lambda opened: opened.writestr("translate-fr_en-0_1/x", b"x"))
    with pytest.raises(ModelError, match=r"is pinned for fr-en 0\.1"):
        models.install(str(changed), tmp_path / "packages")
    pin_file(tmp_path / "packages").unlink()
    (done,) = models.install(str(changed), tmp_path / "packages")
    assert done.newly_pinned
    assert (done.package.folder / "x").exists()


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


TOP = "translate-fr_en-0_1"
UNSAFE: list[zipfile.ZipInfo | str] = [
    f"{TOP}/../../escaped",
    "/etc/escaped",
    f"{TOP}/..\\escaped",
    "C:/escaped",
    link(f"{TOP}/model/link"),
    f"{TOP}/README.MD",
    "beside.txt",
    "other-folder/file",
]


@pytest.mark.parametrize("member", UNSAFE, ids=str)
def test_an_unsafe_archive_is_refused_before_anything_is_written(
    member: zipfile.ZipInfo | str, archive: Path, tmp_path: Path
) -> None:
    bad = edited(archive, tmp_path / "bad.argosmodel", lambda opened: opened.writestr(member, b"/etc/passwd"))
    before = snapshot(tmp_path)
    with pytest.raises(ModelError, match="Nothing was installed"):
        models.install(str(bad), tmp_path / "packages")
    assert snapshot(tmp_path) == before


def test_an_archive_that_unpacks_to_too_much_is_refused(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 100_000)
    with pytest.raises(ModelError, match="unpacks to more than"):
        models.install(str(archive), tmp_path)
    monkeypatch.setattr(archives, "MOST_BYTES", 2**31)
    monkeypatch.setattr(archives, "MOST_FILES", 3)
    with pytest.raises(ModelError, match="more than 3 files"):
        models.install(str(archive), tmp_path)


@pytest.mark.parametrize("body", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_package_is_refused(body: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.argosmodel").write_bytes(body)
    with pytest.raises(ModelError, match="not a package that can be installed"):
        models.install(str(tmp_path / "x.argosmodel"), tmp_path / "packages")


def test_a_source_that_is_nothing_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="fr-en or en-fr"):
        models.install("nowhere", tmp_path)
    with pytest.raises(ModelError, match="only https"):
        models.install("http://packages.example/x.argosmodel", tmp_path)


def test_verify_translates_a_probe_and_names_a_changed_file(archive: Path, tmp_path: Path) -> None:
    models.install(str(archive), tmp_path)
    (good,) = verify(tmp_path)
    assert (good.ok, good.answer) == (True, "The service is free and open to everyone.")
    (good.package.folder / "README.md").write_text("changed")
    (bad,) = verify(tmp_path)
    assert bad.problems == (Problem("changed", {"file": "README.md"}),)
    (again,) = models.install(str(archive), tmp_path)
    assert not again.already_there
    assert verify(tmp_path)[0].ok


def test_verify_catches_a_model_that_loads_but_does_not_translate(tmp_path: Path) -> None:
    parrot = {word: word for word in PROBES["fr"][0].split()}
    archives.unpack(build_package(tmp_path, "fr", "en", "0.2", words=parrot), tmp_path / "packages" / "parrot")
    (verification,) = verify(tmp_path / "packages")
    problems = [(one.name, one.values.get("check")) for one in verification.problems]
    assert problems == [("no-receipt", None), ("wrong-answer", "untranslated-copy")]


def test_verify_compares_with_the_answer_given_at_the_installation(archive: Path, tmp_path: Path) -> None:
    (done,) = models.install(str(archive), tmp_path)
    receipt = done.package.folder / RECEIPT
    told = json.loads(receipt.read_text("utf-8"))
    assert told["answer"] == "The service is free and open to everyone."
    receipt.write_text(json.dumps(told | {"answer": "The service was free."}), "utf-8")
    (problem,) = verify(tmp_path)[0].problems
    assert (problem.name, problem.values["first"]) == ("other-answer", "The service was free.")
    (again,) = models.install(str(archive), tmp_path)
    assert again.already_there, "installing it again takes the new answer"
    assert verify(tmp_path)[0].ok


def test_remove_takes_a_direction_or_one_version_and_keeps_the_pins(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    for version in ("0.1", "0.2"):
        models.install(str(build_package(tmp_path, version=version)), packages)
    with pytest.raises(ModelError, match=r"fr-en 0\.1, fr-en 0\.2"):
        models.remove("en-fr", packages)
    assert [package.name for package in models.remove("fr-en 0.1", packages)] == ["fr-en 0.1"]
    assert [package.name for package in models.remove("fr-en", packages)] == ["fr-en 0.2"]
    assert models.installed(packages) == ()
    assert set(read_pins(packages)) >= {"fr-en 0.1", "fr-en 0.2"}


class Server:
    """A package server without a network: serves an index and archives, and can break off."""

    def __init__(self, bodies: dict[str, bytes]) -> None:
        self.bodies = bodies
        self.asked: list[tuple[str, str | None]] = []
        self.break_after: int | None = None
        self.tag = '"one"'

    def client(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self.answer))

    def answer(self, request: httpx.Request) -> httpx.Response:
        wanted = request.headers.get("Range")
        self.asked.append((request.url.path, wanted))
        body = self.bodies.get(request.url.path)
        if body is None:
            return httpx.Response(404)
        start = 0
        if wanted and request.headers.get("If-Range") == self.tag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        headers = {"ETag": self.tag, "Content-Length": str(len(body) - start)}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        end = len(body) if self.break_after is None else min(len(body), start + self.break_after)
        return httpx.Response(206 if start else 200, headers=headers, stream=httpx.ByteStream(body[start:end]))


@pytest.fixture
def server(archive: Path, tmp_path: Path) -> Server:
    reverse = build_package(tmp_path, "en", "fr", "0.1")
    offers = [("fr", "en", "0.1"), ("fr", "en", "0.0.9"), ("en", "fr", "0.1"), ("fr", "de", "1.0")]
    index = [
        {"from_code": a, "to_code": b, "package_version": v, "links": ["ipfs://x", f"{BASE}/{a}-{b}-{v}.argosmodel"]}
        for a, b, v in offers
    ]
    bodies = {
        "/index.json": json.dumps(index).encode(),
        "/fr-en-0.1.argosmodel": archive.read_bytes(),
        "/en-fr-0.1.argosmodel": reverse.read_bytes(),
    }
    return Server(bodies)


def test_an_index_gives_the_newest_package_of_both_directions(server: Server, tmp_path: Path) -> None:
    done = models.install(f"{BASE}/index.json", tmp_path / "packages", client=server.client())
    assert [one.package.label for one in done] == ["argos fr→en 0.1", "argos en→fr 0.1"]
    assert list((tmp_path / "packages" / ".downloads").iterdir()) == []


def test_a_direction_is_looked_up_in_the_official_index(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "index_address", lambda _: f"{BASE}/index.json")
    (done,) = models.install("en-fr", tmp_path / "packages", client=server.client())
    assert done.newly_pinned
    server.asked.clear()
    (again,) = models.install("en-fr", tmp_path / "packages", client=server.client())
    assert again.already_there
    assert [path for path, _ in server.asked] == ["/index.json"]


def test_an_interrupted_download_goes_on_where_it_stopped(
    server: Server, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, size = f"{BASE}/fr-en-0.1.argosmodel", archive.stat().st_size
    monkeypatch.setattr(downloads, "ATTEMPTS", 1)
    server.break_after = 1000
    with pytest.raises(ModelError, match="run the command again"):
        models.install(url, tmp_path / "packages", client=server.client())
    server.break_after = None
    told: list[tuple[int, int | None]] = []
    (done,) = models.install(
        url, tmp_path / "packages", client=server.client(), progress=lambda *both: told.append(both)
    )
    assert done.package.label == "argos fr→en 0.1"
    assert [asked for _, asked in server.asked] == [None, "bytes=1000-"]
    assert told[-1] == (size, size)


def test_a_file_that_changed_on_the_server_is_fetched_from_its_start(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"{BASE}/fr-en-0.1.argosmodel"
    monkeypatch.setattr(downloads, "ATTEMPTS", 1)
    server.break_after = 1000
    with pytest.raises(ModelError):
        models.install(url, tmp_path / "packages", client=server.client())
    server.break_after, server.tag = None, '"two"'
    (done,) = models.install(url, tmp_path / "packages", client=server.client())
    assert verify(tmp_path / "packages")[0].ok
    assert done.newly_pinned


def test_a_package_that_is_not_what_the_index_promised_is_refused(server: Server, tmp_path: Path) -> None:
    server.bodies["/fr-en-0.1.argosmodel"] = server.bodies["/en-fr-0.1.argosmodel"]
    with pytest.raises(ModelError, match=r"holds en-fr 0\.1, where the index promised fr-en 0\.1"):
        models.install(f"{BASE}/index.json", tmp_path / "packages", client=server.client())
    assert [one.name for one in models.installed(tmp_path / "packages")] == ["en-fr 0.1"]


def test_a_server_without_the_package_is_a_clear_error(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="404"):
        models.install(f"{BASE}/none.argosmodel", tmp_path, client=server.client())
    with pytest.raises(ModelError, match="the package index cannot be read"):
        models.install(f"{BASE}/none.json", tmp_path, client=server.client())
    server.bodies["/index.json"] = b"[]"
    with pytest.raises(ModelError, match="offers no such package"):
        models.install(f"{BASE}/index.json", tmp_path, client=server.client())


def test_a_download_that_never_ends_is_cut(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "MOST_BYTES", 5000)
    with pytest.raises(ModelError, match="larger than"):
        models.install(f"{BASE}/fr-en-0.1.argosmodel", tmp_path, client=server.client())


def test_two_installs_do_not_collide(archive: Path, tmp_path: Path, server: Server) -> None:
    packages = tmp_path / "home" / "packages"
    refused: list[str] = []

    def install_meanwhile(_have: int, _total: int | None) -> None:
        with pytest.raises(ModelError, match="right now") as caught:
            models.install(str(archive), packages)
        refused.append(str(caught.value))

    url = f"{BASE}/fr-en-0.1.argosmodel"
    models.install(url, packages, client=server.client(), progress=install_meanwhile)
    assert refused
    assert verify(packages)[0].ok
    assert models.remove("fr-en", packages)
