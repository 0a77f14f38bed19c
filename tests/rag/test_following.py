"""Following a folder: real changes in a real folder, told by the real system; what the library would do is noted."""

from __future__ import annotations

import dataclasses
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from rag import following, presence
from rag.errors import LibraryProblem
from rag.following import Follower, Pace
from rag.presence import AWAY, UNREADABLE, WATCHED
from rag.scan import FoundFile, PassedOver
from rag.stores.database import Database
from rag.stores.file_records import Given
from rag.stores.folder_records import FolderRecords, KnownFile
from rag.stores.records import Records

QUICK = Pace(gather=0.02, quiet=0.05, probe=0.05, look=60.0, poll=0.05, patience=5.0)
CALM = dataclasses.replace(QUICK, quiet=0.15)
"""For what is written over a while: a busy machine may hold up the one that writes."""


class Keeper:
    """The library's files, without what stands in them."""

    def __init__(self, database: Database) -> None:
        self.folders = FolderRecords(database)
        self.records = Records(database)
        self.taken: list[list[str]] = []
        self.own: frozenset[str] = frozenset()
        self.sizes: frozenset[int] = frozenset()

    def known(self, places: Iterable[str]) -> dict[str, KnownFile]:
        return {path: file for place in places for path, file in self.folders.files_in(place).items()}

    def identity(self, folder: str) -> str:
        return self.folders.folders().get(folder, "")

    def identify(self, folder: str, identity: str) -> None:
        self.folders.identify_folder(folder, identity)

    def apart(self, folder: str) -> frozenset[str]:
        return self.own

    def waiting_sizes(self) -> frozenset[int]:
        return self.sizes

    def left_out(self, folder: str) -> frozenset[str]:
        return self.folders.left_out(folder)

    def leave_in(self, paths: Iterable[str]) -> None:
        self.folders.leave_in(paths)

    def take(self, files: Iterable[FoundFile]) -> None:
        taken = [
            file.path
            for file in files
            if self.records.note_file(file.path, file.size, file.modified_ns, retries=True, given=Given.BY_FOLLOWING)
        ]
        for path in taken:
            self.records.settle_file(path)
        self.taken.append(taken)

    def note_unread(self, files: Iterable[PassedOver]) -> None:
        for file in files:
            self.folders.note_unread(file.path, file.reason)

    def mark_away(self, paths: Iterable[str], *, is_away: bool) -> None:
        self.folders.mark_away(tuple(paths), is_away=is_away)

    def displace(self, paths: Iterable[str]) -> None:
        self.folders.displace(tuple(paths))

    def forget(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.records.forget_path(path)

    def tell(self) -> None:
        pass


class Followed:
    """A folder, its follower, and what is known of it."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.keeper = Keeper(database)
        self.follower: Follower | None = None

    def start(self, pace: Pace = QUICK, *, is_told: bool = True) -> None:
        self.keeper.folders.add_folder(str(self.folder))
        self.follower = Follower(str(self.folder), self.keeper, pace, is_told=is_told)
        self.follower.start()

    def stop(self) -> None:
        if self.follower is not None:
            self.follower.close()

    @property
    def state(self) -> str:
        assert self.follower is not None
        return self.follower.state

    def known(self) -> dict[str, KnownFile]:
        known = self.keeper.folders.files_in(str(self.folder))
        return {os.path.relpath(path, self.folder): file for path, file in known.items()}

    def here(self) -> set[str]:
        return {name for name, file in self.known().items() if not file.is_away}

    def away(self) -> set[str]:
        return {name for name, file in self.known().items() if file.is_away}


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def write(path: Path, text: str = "text") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Followed]:
    (tmp_path / "home").mkdir()
    database = Database(tmp_path / "home")
    folder = tmp_path / "papers"
    write(folder / "a.md")
    write(folder / "in" / "b.txt", "longer text")
    made = Followed(folder, database)
    yield made
    made.stop()
    database.close()


@pytest.fixture
def pace() -> Pace:
    return QUICK


@pytest.fixture
def running(followed: Followed, pace: Pace) -> Followed:
    followed.start(pace)
    wait_for(lambda: followed.here() == {"a.md", "in/b.txt"})
    return followed


@pytest.mark.parametrize("is_told", [True, False])
def test_what_is_added_changed_moved_and_deleted(followed: Followed, is_told: bool) -> None:
    followed.start(is_told=is_told)
    wait_for(lambda: followed.here() == {"a.md", "in/b.txt"})
    write(followed.folder / "new" / "deep" / "c.md", "third")
    wait_for(lambda: "new/deep/c.md" in followed.here())
    write(followed.folder / "a.md", "changed by now")
    wait_for(lambda: followed.known()["a.md"].size == len("changed by now"))
    (followed.folder / "in").rename(followed.folder / "out")
    wait_for(lambda: followed.here() == {"a.md", "out/b.txt", "new/deep/c.md"})
    shutil.rmtree(followed.folder / "new")
    (followed.folder / "a.md").unlink()
    wait_for(lambda: followed.here() == {"out/b.txt"})


def test_what_changed_meanwhile_is_found_when_following_begins(followed: Followed) -> None:
    followed.start()
    wait_for(lambda: len(followed.here()) == 2)
    followed.stop()
    write(followed.folder / "c.md")
    (followed.folder / "a.md").unlink()
    followed.keeper.taken.clear()
    followed.start()
    wait_for(lambda: followed.here() == {"in/b.txt", "c.md"})
    assert followed.keeper.taken == [[str(followed.folder / "c.md")]], "what is unchanged is not read again"


@pytest.mark.parametrize("pace", [CALM], ids=["calm"])
def test_many_changes_at_once_are_taken_together(running: Followed) -> None:
    running.keeper.taken.clear()
    for number in range(400):
        write(running.folder / f"{number}.md", str(number))
    wait_for(lambda: len(running.here()) == 402)
    assert len(running.keeper.taken) < 20


@pytest.mark.parametrize("pace", [CALM], ids=["calm"])
def test_a_file_that_is_still_being_written_waits(running: Followed, pace: Pace) -> None:
    path = running.folder / "growing.txt"
    begun = time.monotonic()
    with path.open("w") as file:
        while time.monotonic() - begun < 4 * pace.quiet:
            file.write("more and more\n")
            file.flush()
            assert "growing.txt" not in running.known() or time.monotonic() - begun > pace.quiet
            time.sleep(0.02)
    wait_for(lambda: "growing.txt" in running.known())
    assert running.known()["growing.txt"].size == path.stat().st_size


def test_a_folder_that_goes_away_keeps_its_documents(running: Followed) -> None:
    aside = running.folder.with_name("unplugged")
    running.folder.rename(aside)
    wait_for(lambda: running.state == AWAY and running.away() == {"a.md", "in/b.txt"})
    running.keeper.taken.clear()
    (aside / "a.md").unlink()
    aside.rename(running.folder)
    wait_for(lambda: running.state == WATCHED and running.known().keys() == {"in/b.txt"})
    assert running.here() == {"in/b.txt"}
    assert running.keeper.taken == [], "nothing is read again"


def test_an_empty_mount_point_is_away(running: Followed) -> None:
    aside = running.folder.with_name("unplugged")
    running.folder.rename(aside)
    running.folder.mkdir()
    wait_for(lambda: running.state == AWAY)
    assert running.away() == {"a.md", "in/b.txt"}


def test_another_drive_at_the_same_place_forgets_nothing(running: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    stat = os.stat

    def on_another_device(path: object, **options: object) -> os.stat_result:
        found = stat(path, **options)  # type: ignore[call-overload]
        if str(path) != str(running.folder):
            return found  # type: ignore[no-any-return]
        return os.stat_result((*found[:2], found.st_dev + 1, *found[3:10]))

    running.stop()
    aside = running.folder.with_name("unplugged")
    running.folder.rename(aside)
    write(running.folder / "other.md")
    monkeypatch.setattr(presence.os, "stat", on_another_device)
    running.start()
    wait_for(lambda: running.here() == {"other.md"})
    assert running.away() == {"a.md", "in/b.txt"}
    # Nor does a later look at all of it, of this run or the next.
    write(running.folder / ".phialignore", "# have another look\n")
    write(running.folder / "more.md")
    wait_for(lambda: running.here() == {"other.md", "more.md"})
    running.stop()
    running.start()
    write(running.folder / "last.md")
    wait_for(lambda: running.here() == {"other.md", "more.md", "last.md"})
    time.sleep(4 * QUICK.quiet)
    assert running.away() == {"a.md", "in/b.txt"}
    # The drives take turns: what was known of either is known still.
    running.stop()
    running.folder.rename(running.folder.with_name("second"))
    aside.rename(running.folder)
    running.start()
    wait_for(lambda: running.here() == {"a.md", "in/b.txt"})
    assert running.away() == {"other.md", "more.md", "last.md"}


def test_a_folder_that_was_emptied_is_empty(running: Followed) -> None:
    for name in ("a.md", "in"):
        path = running.folder / name
        path.unlink() if path.is_file() else shutil.rmtree(path)
    wait_for(lambda: not running.known())
    assert running.state == WATCHED


@pytest.mark.skipif(os.name != "posix", reason="rights are posix's here")
def test_a_folder_that_cant_be_read_keeps_its_documents(running: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: object) -> object:
        raise PermissionError

    monkeypatch.setattr(presence.os, "scandir", refuse)
    wait_for(lambda: running.state == UNREADABLE)
    wait_for(lambda: running.away() == {"a.md", "in/b.txt"})


def test_a_rule_that_comes_forgets_and_one_that_goes_takes_in(running: Followed) -> None:
    rules = write(running.folder / ".phialignore", "in/\n")
    wait_for(lambda: running.here() == {"a.md"})
    rules.unlink()
    wait_for(lambda: running.here() == {"a.md", "in/b.txt"})


def test_a_file_that_was_given_by_itself_is_left_out_by_no_rule(followed: Followed) -> None:
    path = write(followed.folder / ".hidden" / "c.md")
    status = path.stat()
    followed.keeper.records.note_file(str(path), status.st_size, status.st_mtime_ns, retries=False)
    followed.start()
    wait_for(lambda: followed.here() == {"a.md", "in/b.txt", ".hidden/c.md"})
    write(followed.folder / "last.md")
    wait_for(lambda: "last.md" in followed.here())
    assert ".hidden/c.md" in followed.here()
    path.unlink()
    write(followed.folder / ".phialignore", "# have another look\n")
    wait_for(lambda: ".hidden/c.md" not in followed.known())


def test_a_folder_that_stands_apart_is_not_its_business(followed: Followed) -> None:
    followed.keeper.own = frozenset({str(followed.folder / "in")})
    followed.start()
    wait_for(lambda: followed.here() == {"a.md"})
    write(followed.folder / "in" / "c.md")
    write(followed.folder / "d.md")
    wait_for(lambda: followed.here() == {"a.md", "d.md"})


def test_what_was_removed_by_hand_stays_so_until_its_file_is_gone(running: Followed) -> None:
    path = running.folder / "a.md"
    running.keeper.folders.leave_out([str(path), "/elsewhere/b.md"])
    running.keeper.forget([str(path)])
    write(path, "changed since")
    write(running.folder / "c.md")
    wait_for(lambda: running.here() == {"in/b.txt", "c.md"})
    assert running.keeper.folders.left_out("/") == {str(path)}
    path.unlink()
    write(running.folder / "d.md")
    wait_for(lambda: not running.keeper.folders.left_out("/"))
    write(path, "another file of that name")
    wait_for(lambda: running.here() == {"a.md", "in/b.txt", "c.md", "d.md"})


def test_links_to_folders_and_circles_are_not_followed(followed: Followed) -> None:
    (followed.folder / "circle").symlink_to(followed.folder, target_is_directory=True)
    (followed.folder / "self.md").symlink_to("self.md")
    followed.start()
    wait_for(lambda: followed.here() == {"a.md", "in/b.txt"})
    (followed.folder / "later").symlink_to(followed.folder, target_is_directory=True)
    write(followed.folder / "c.md")
    wait_for(lambda: followed.here() == {"a.md", "in/b.txt", "c.md"})


def test_a_placeholder_is_named_with_its_reason_until_it_is_there(running: Followed) -> None:
    placeholder = write(running.folder / ".far.pdf.icloud")
    wait_for(lambda: "far.pdf" in running.known())
    reason = running.known()["far.pdf"].reason
    assert reason is not None
    assert reason.kind == LibraryProblem.FILE_IN_CLOUD
    placeholder.unlink()
    write(running.folder / "far.pdf", "here now")
    wait_for(lambda: running.known()["far.pdf"].size == len("here now"))


@pytest.mark.skipif(os.name != "posix", reason="such names are posix's")
def test_names_that_are_no_text(running: Followed) -> None:
    name = os.fsdecode(b"\xff\n.md")
    write(running.folder / name)
    wait_for(lambda: name in running.here())
    (running.folder / name).unlink()
    wait_for(lambda: name not in running.known())


def test_a_system_that_follows_no_more_folders_is_made_up_for(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> object:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(following, "FolderEvents", refuse)
    followed.start()
    wait_for(lambda: followed.here() == {"a.md", "in/b.txt"})
    assert followed.follower is not None
    assert followed.follower.notice is not None
    assert followed.follower.notice.kind == LibraryProblem.FOLDER_POLLED
    write(followed.folder / "c.md")
    wait_for(lambda: "c.md" in followed.here())


def test_a_drive_that_hangs_is_away_and_holds_up_nobody(running: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(_folder: str) -> object:
        time.sleep(5)
        raise OSError

    assert running.follower is not None
    monkeypatch.setattr(running.follower, "_pace", dataclasses.replace(QUICK, patience=0.2))
    monkeypatch.setattr(following, "presence_of", hang)
    wait_for(lambda: running.state == AWAY)
    begun = time.monotonic()
    running.stop()
    assert time.monotonic() - begun < 3
