"""The plan for the smaller OpenCV."""

from __future__ import annotations

import re
from pathlib import Path

import build_opencv
import pytest
from build_opencv import BuildError, settings, step


def test_settings_are_cmakes_and_none_is_settled_twice() -> None:
    names = [re.fullmatch(r"-D(\w+)=(.+)", setting)[1] for setting in settings()]  # type: ignore[index]
    assert len(names) == len(set(names))
    assert "-DBUILD_LIST=core,imgproc,imgcodecs,python3" in settings()


def test_python_and_its_library_are_there() -> None:
    assert build_opencv.python_library().exists()
    assert build_opencv.metadata_folder().name.startswith("opencv_python_headless-")
    assert {folder.name for folder in build_opencv.installed_folders()} >= {"cv2"}


def test_the_library_of_a_framework_is_named_from_where_frameworks_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"PYTHONFRAMEWORKPREFIX": "/Library/Frameworks", "LDLIBRARY": "Python.framework/Versions/3.11/Python"}
    monkeypatch.setattr("sysconfig.get_config_var", {**said, "LIBDIR": "/elsewhere"}.get)
    assert build_opencv.python_library() == Path("/Library/Frameworks/Python.framework/Versions/3.11/Python")


def test_the_compiled_library_is_laid_beside_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_opencv, "SLIM", tmp_path / "opencv")
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert not build_opencv.is_built()
    (tmp_path / "cv2.abi3.so").write_bytes(b"compiled")
    build_opencv.put_together(tmp_path / "cv2.abi3.so")
    assert (tmp_path / "opencv" / "cv2" / "cv2.abi3.so").read_bytes() == b"compiled"
    assert (tmp_path / "opencv" / "cv2" / "__init__.py").exists()
    assert (tmp_path / "opencv" / "cv2" / "LICENSE.txt").exists()
    assert build_opencv.is_built()


def test_a_step_that_fails_is_a_sentence() -> None:
    with pytest.raises(BuildError, match="It failed"):
        step(["no-such-program"], "It failed.")
