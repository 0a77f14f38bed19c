from __future__ import annotations

import mmap
import sys
from pathlib import Path

import psutil
import pytest

from engine.mapped_pages import give_back_mapped_pages, mapped_files

MAPS = """\
55d0c8a00000-55d0c8a02000 r--p 00000000 fe:00 123 /usr/bin/python3.11
7f0000000000-7f0000100000 r--s 00000000 fe:00 456 /home/a person/models/phi 4.gguf
7f0000100000-7f0000200000 r--s 00100000 fe:00 456 /home/a person/models/phi 4.gguf
7f0001000000-7f0001100000 r-xp 00000000 fe:00 789 /usr/lib/libc.so.6
7f0002000000-7f0002100000 rw-s 00000000 00:01 99 /dev/shm/other
7f0003000000-7f0003100000 rw-p 00000000 00:00 0
"""


def test_only_files_that_are_mapped_to_be_read_are_given_back() -> None:
    assert list(mapped_files(MAPS)) == [(0x7F0000000000, 0x100000), (0x7F0000100000, 0x100000)]


@pytest.mark.skipif(sys.platform != "linux", reason="how it is done on Linux")
def test_the_pages_are_gone_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(bytes(range(256)) * 2**17)
    resident = psutil.Process().memory_info
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as mapped:
        assert sum(mapped[::4096]) == 0
        before = resident().rss
        give_back_mapped_pages()
        assert resident().rss <= before - 2**24
        assert mapped[255] == 255
