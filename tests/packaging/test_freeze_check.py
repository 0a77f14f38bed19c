"""The sizes that are printed of a frozen folder."""

from __future__ import annotations

from pathlib import Path

import freeze_check


def test_sizes_are_by_package_and_links_count_once(tmp_path: Path) -> None:
    torch = tmp_path / "_internal" / "torch" / "lib"
    torch.mkdir(parents=True)
    (torch / "libtorch.so").write_bytes(b"x" * 300)
    (tmp_path / "_internal" / "numpy.libs").mkdir()
    (tmp_path / "_internal" / "numpy.libs" / "blas.so").write_bytes(b"x" * 20)
    (tmp_path / "_internal" / "numpy").mkdir()
    (tmp_path / "_internal" / "numpy" / "core.so").write_bytes(b"x" * 4)
    (tmp_path / "_internal" / "libtorch.so").symlink_to(torch / "libtorch.so")
    (tmp_path / "phial").write_bytes(b"x" * 50)
    assert freeze_check.sizes_by_package(tmp_path) == {"torch": 300, "numpy": 24, "phial": 50}
