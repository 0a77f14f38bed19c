"""What a confined process can't do, tried in one: limits last as long as the process."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from rag.extract import Limits

POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="setrlimit")

ATTEMPTS = {
    "fetch": "socket.create_connection(('127.0.0.1', 9))",
    "resolve": "socket.getaddrinfo('example.org', 80)",
    "listen": "socket.socket().bind(('127.0.0.1', 0))",
    "open a page": "urllib.request.urlopen('http://127.0.0.1:9/')",
    "start a program": "subprocess.run([sys.executable, '-V'])",
    "run a command": "os.system('true')",
    "fork": "os.fork()",
    "write beside": "open(outside, 'w')",
    "write through a descriptor": "os.open(outside, os.O_CREAT | os.O_WRONLY)",
    "append": "Path(document).open('ab')",
    "delete": "os.remove(document)",
    "move": "os.rename(document, scratch + '/taken')",
    "carry out": "os.rename(kept, outside)",
    "make a folder": "os.mkdir(outside)",
    "delete a folder": "shutil.rmtree(os.path.dirname(document))",
    "link": "os.symlink(document, outside)",
    "read": "open(document).read()",
    "write within": "open(scratch + '/inside', 'w').write('x')",
    "use a folder within": "tempfile.TemporaryDirectory().__enter__()",
    "forget a folder within": "shutil.rmtree(made)",
    "write to nowhere": "open(os.devnull, 'w').write('x')",
}
ALLOWED = {"read", "write within", "use a folder within", "forget a folder within", "write to nowhere"}

PROGRAM = """
import json, os, shutil, socket, subprocess, sys, tempfile, urllib.request
from pathlib import Path
from rag.extract.confinement import allow_seconds, confine
from rag.extract.process_limits import Limits

scratch, document, outside = sys.argv[1:4]
"""


def run(tmp_path: Path, program: str, limits: Limits | None = None) -> "subprocess.CompletedProcess[str]":
    scratch, folder = tmp_path / "scratch", tmp_path / "documents"
    scratch.mkdir()
    folder.mkdir()
    (folder / "document").write_text("words")
    text = (
        PROGRAM + f"limits = Limits.from_argument({(limits or Limits()).as_argument()!r})\n" + textwrap.dedent(program)
    )
    return subprocess.run(
        [sys.executable, "-c", text, str(scratch), str(folder / "document"), str(folder / "outside")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)},
    )


@POSIX_ONLY
def test_it_reads_and_writes_in_its_scratch_folder_and_nothing_else(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        f"""
        made, kept = tempfile.mkdtemp(), scratch + "/kept"
        Path(made, "file").write_text("x")
        Path(kept).write_text("x")
        confine(limits, scratch)
        done = []
        for name, attempt in json.loads({json.dumps(ATTEMPTS)!r}).items():
            try:
                exec(attempt)
                done.append(name)
            except PermissionError:
                pass
        print(json.dumps(done))
        """,
    )
    assert done.stderr == ""
    assert set(json.loads(done.stdout)) == ALLOWED
    assert (tmp_path / "documents" / "document").read_text() == "words"
    assert [path.name for path in (tmp_path / "documents").iterdir()] == ["document"]


@POSIX_ONLY
def test_the_system_keeps_the_size_of_files_how_many_are_open_and_the_memory(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        """
        confine(limits, scratch)
        try:
            with open(scratch + "/large", "wb") as file:
                file.write(bytes(20_000))
        except OSError as error:
            print("large", error.errno)
        opened = []
        try:
            while len(opened) < 100:
                opened.append(open(document))
        except OSError as error:
            print("many", error.errno, len(opened) > 10)
        for file in opened:
            file.close()
        try:
            bytearray(3 * 2**30)
        except MemoryError:
            print("memory")
        """,
        Limits(scratch_bytes=10_000, open_files=40, memory=2**30),
    )
    said = ["large 27", "many 24 True"] + (["memory"] if sys.platform == "linux" else [])
    assert done.stdout.splitlines() == said, done.stderr


@POSIX_ONLY
def test_the_system_ends_what_computes_too_long(tmp_path: Path) -> None:
    spinning = "confine(limits, scratch)\nallow_seconds(limits)\nwhile True:\n    pass"
    cores = os.cpu_count() or 1
    done = run(tmp_path, spinning, Limits(opening_seconds=0.0, document_seconds=0.1 / cores))
    assert done.returncode == -signal.SIGXCPU


def test_limits_travel_as_an_argument() -> None:
    limits = Limits(opening_seconds=1.5, pages=7)
    assert Limits.from_argument(limits.as_argument()) == limits
