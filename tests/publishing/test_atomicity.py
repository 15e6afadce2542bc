"""A reader never sees half a release, whenever the writer dies and however often it writes."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.publishing import folder
from passerelle.publishing.folder import PublishError, rollback
from passerelle.publishing.verify import verify_release
from schemas.working import Matched
from tests.publishing.factories import Press, files_of, initiative, matched, news, provenance

FIRST = matched(initiative(1), initiative(2))
SECOND = matched(initiative(1, cost="free"), initiative(2), news=(news(1),), provenance=(provenance(),))


@pytest.fixture(autouse=True, scope="module")
def few_files() -> Iterator[None]:
    """Leave out the whole files of exports and pages: each is one more moment to be killed at, and no other kind.

    Of the files that the code alone makes one stays, of a kind with the others.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("passerelle.publishing.release.whole_files", lambda *_: ())
        patch.setattr("passerelle.publishing.release.figures_files", lambda *_: ())
        patch.setattr("passerelle.publishing.release.fixed_files", lambda: {"README.md": b"# Release\n"})
        yield


OPERATIONS = ("mkdir", "link", "sync", "fsync", "rename", "replace", "symlink", "unlink", "rmdir")

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""Whoever is killed closes no files; here Python notices."""


class Killed(BaseException):
    """The process ends here."""


class Killer:
    """Ends the process at a given file operation; a file being written is left cut in half."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int | None = None) -> None:
        self.count, self.after, self.closed = 0, after, set[Path]()
        for name in OPERATIONS:
            monkeypatch.setattr(os, name, self.counting(getattr(os, name)))
        monkeypatch.setattr(folder.FileWriter, "close", self.closing(folder.FileWriter.close))

    def counting(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def operation(*told: Any, **options: Any) -> Any:
            self.step()
            return real(*told, **options)

        return operation

    def closing(self, real: Callable[[folder.FileWriter], None]) -> Callable[[folder.FileWriter], None]:
        def close(file: folder.FileWriter) -> None:
            real(file)
            if file.path not in self.closed:
                self.closed.add(file.path)
                body = file.path.read_bytes()
                file.path.write_bytes(body[: len(body) // 2])
                self.step()
                file.path.write_bytes(body)

        return close

    def step(self) -> None:
        self.count += 1
        if self.count == self.after:
            raise Killed


def killed(act: Callable[[], object], step: int) -> bool:
    """Do something that is killed at a file operation; tell whether it came that far."""
    with pytest.MonkeyPatch.context() as patch:
        Killer(patch, after=step)
        try:
            act()
        except Killed:
            return True
        return False


def steps(press: Press, content: Matched) -> int:
    """Count the file operations of a publication."""
    with pytest.MonkeyPatch.context() as patch:
        killer = Killer(patch)
        press.publish(content, on=2)
        return killer.count


def test_a_run_killed_between_any_two_file_operations_is_made_good_by_the_next(tmp_path: Path) -> None:
    whole = Press(tmp_path / "whole")
    whole.publish(FIRST)
    old = files_of(whole.current)
    total = steps(whole, SECOND)
    new = files_of(whole.current)
    assert total > len(new)
    for step in range(1, total + 1):
        press = Press(tmp_path / f"killed-{step}")
        press.publish(FIRST)
        assert killed(partial(press.publish, SECOND, on=2), step)
        assert files_of(press.current) in (old, new), step
        outcome = press.publish(SECOND, on=2)
        assert outcome.number == 2, step
        assert files_of(press.current) == new, step
        assert sorted(path.name for path in (press.curated / "releases").iterdir()) == ["1", "2"], step
        assert sorted(path.name for path in press.curated.iterdir()) == [
            ".lock",
            ".states",
            "current",
            "latest.json",
            "releases",
            "reports",
        ], step


def test_a_first_run_killed_anywhere_leaves_nothing_or_a_whole_release(tmp_path: Path) -> None:
    whole = Press(tmp_path / "whole")
    total = steps(whole, FIRST)
    for step in range(1, total + 1):
        press = Press(tmp_path / f"killed-{step}")
        assert killed(partial(press.publish, FIRST, on=2), step)
        assert not press.current.exists() or verify_release(press.current) == []
        press.publish(FIRST, on=2)
        assert files_of(press.current) == files_of(whole.current), step


def test_a_rollback_killed_anywhere_leaves_a_whole_release(tmp_path: Path) -> None:
    for step in count(1):
        press = Press(tmp_path / f"killed-{step}")
        press.publish(FIRST)
        press.publish(SECOND, on=2)
        if not killed(partial(rollback, press.curated, 1), step):
            break
        assert verify_release(press.current) == []
        assert rollback(press.curated, 1).version == 1
        assert press.current.resolve().name == "1"
    assert step > 4


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 60), max_size=5))
def test_a_run_killed_again_and_again_ends_the_same(steps_of_death: list[int]) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        whole, press = Press(Path(one)), Press(Path(two))
        for content, on in ((FIRST, 1), (SECOND, 2)):
            whole.publish(content, on=on)
            for step in steps_of_death:
                killed(partial(press.publish, content, on=on), step)
            press.publish(content, on=on)
        assert _lasting(press.curated) == _lasting(whole.curated)


def _lasting(curated: Path) -> dict[str, bytes]:
    """Give all files save the stamps, which say when and where lists were written."""
    return {path: body for path, body in files_of(curated).items() if not path.endswith("/stamps.json")}


def test_a_writer_killed_by_the_system_leaves_no_lock_behind(press: Press) -> None:
    press.publish(FIRST)
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from tests.publishing.factories import Press, initiative, matched\n"
        "os.rename = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "Press(Path(sys.argv[1])).publish(matched(initiative(1, cost='free'), initiative(2)), on=2)\n"
    )
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", script, str(press.curated)], cwd=root, check=False, timeout=600)
    assert ended.returncode == -signal.SIGKILL
    assert [path.name for path in (press.curated / "releases").glob(".staging-*")] == [".staging-2"]
    assert press.current.resolve().name == "1"
    assert press.publish(SECOND, on=2).number == 2
    assert sorted(path.name for path in (press.curated / "releases").iterdir()) == ["1", "2"]


def test_a_second_writer_is_refused_and_leaves_the_work_of_the_first_alone(press: Press) -> None:
    press.publish(FIRST)
    at_work = press.curated / "releases" / ".staging-2"
    at_work.mkdir()
    with (press.curated / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        outcome = press.publish(SECOND, on=2)
        assert (outcome.status, [issue.code for issue in outcome.reasons]) == ("refused", ["publish-busy"])
        assert "wait until it is done" in outcome.reasons[0].message
        assert at_work.exists()
        with pytest.raises(PublishError, match="another run is publishing"):
            rollback(press.curated, 1)
    assert press.publish(SECOND, on=2).number == 2


def through_the_link(curated: Path) -> Path:
    return (curated / "current").resolve(strict=True)


def through_latest(curated: Path) -> Path:
    latest = json.loads((curated / "latest.json").read_bytes())
    index: Path = curated / latest["index"]
    assert hashlib.sha256(index.read_bytes()).hexdigest() == latest["sha256"]
    return index.parent


def entries_of(root: Path) -> list[dict[str, Any]]:
    index = json.loads((root / "index.json").read_bytes())
    assert root.name == str(index["version"])
    return [*index["files"], *map(json.loads, (root / "files.ndjson").read_bytes().splitlines())]


@pytest.mark.parametrize("find", [through_the_link, through_latest])
def test_a_reader_never_sees_a_mixed_release_while_fifty_are_published(
    press: Press, find: Callable[[Path], Path]
) -> None:
    press.publish(FIRST)
    done, seen, wrong = threading.Event(), set[str](), list[str]()

    def read() -> None:
        while not done.wait(0.01):
            try:
                root = find(press.curated)
                seen.add(root.name)
                for entry in entries_of(root):
                    if hashlib.sha256((root / entry["path"]).read_bytes()).hexdigest() != entry["sha256"]:
                        wrong.append(f"{root.name}: {entry['path']}")
            except (OSError, ValueError, AssertionError) as error:
                wrong.append(repr(error))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(2, 52):
            press.publish(matched(initiative(1, slug=f"atelier-{number}"), initiative(2, slug="deux")), on=2)
    finally:
        done.set()
        reader.join()
    assert wrong == []
    assert len(seen) > 1
    assert find(press.curated).name == "51"


def test_a_release_taken_back_is_not_published_again_by_the_next_run(press: Press) -> None:
    press.publish(FIRST)
    press.publish(SECOND, on=2)
    assert rollback(press.curated, 1).version == 1
    assert press.publish(FIRST, on=3).status == "unchanged"
    outcome = press.publish(SECOND, on=3)
    assert [issue.code for issue in outcome.reasons] == ["taken-back"]
    assert press.current.resolve().name == "1"
    assert press.publish(SECOND, on=3, accept_drop=True).number == 2
    assert press.current.resolve().name == "2"
    assert press.publish(SECOND, on=3).status == "unchanged"


def test_a_rollback_to_a_release_that_is_not_there_says_which_are(press: Press) -> None:
    press.publish(FIRST)
    with pytest.raises(PublishError, match="no release 7; there are: 1"):
        rollback(press.curated, 7)


def test_a_served_release_without_a_readable_manifest_is_named_and_the_next_number_is_served(press: Press) -> None:
    press.publish(FIRST)
    (press.current.resolve() / "index.json").write_text("{", "utf-8")
    outcome = press.publish(SECOND, on=2)
    assert (outcome.status, outcome.number, outcome.damaged) == ("published", 2, (1,))
    assert press.current.resolve().name == "2"
