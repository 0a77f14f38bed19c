"""What a frozen folder holds is told by where it comes from; what comes from nowhere known is not passed over."""

from __future__ import annotations

import json
import sys
import sysconfig
from pathlib import Path

import PySide6
import pytest
import shipped
from library_licences import Library
from shipped import Origins, list_shipped, write

from desktop.licences import parts, text_of

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(sysconfig.get_path("purelib"))
QT = Path(PySide6.__file__).parent


@pytest.fixture(scope="module")
def origins(tmp_path_factory: pytest.TempPathFactory) -> Origins:
    return Origins(ROOT, tmp_path_factory.mktemp("work"))


def name_of(origin: str | Library) -> str:
    return origin.name if isinstance(origin, Library) else origin


@pytest.mark.parametrize(
    ("target", "source", "part"),
    [
        ("numpy/version.py", SITE / "numpy/version.py", "numpy"),
        ("PySide6/Qt/lib/libQt6Core.so.6", QT / "Qt/lib/libQt6Core.so.6", "Qt"),
        ("PySide6/Qt/lib/libicudata.so.73", QT / "Qt/lib/libicudata.so.73", "ICU"),
        ("pypdfium2_raw/libpdfium.so", SITE / "pypdfium2_raw/libpdfium.so", "PDFium"),
        ("assets/icons/phial.svg", ROOT / "assets/icons/phial.svg", "phial"),
        ("assets/embedder/model.onnx", Path(sys.prefix) / "share/phial/embedder/model.onnx", "all-MiniLM-L6-v2"),
        ("kernels/avx512/libggml-cpu.so", ROOT / "build/kernels/avx512/libggml-cpu.so", "llama.cpp, ggml"),
        ("libX11.so.6", Path("/lib/x86_64-linux-gnu/libX11.so.6"), "X.Org libraries"),
        ("cv2/cv2.abi3.so", ROOT / "build/somewhere/cv2/cv2.abi3.so", ""),
        ("libsurprise.so.1", Path("/lib/x86_64-linux-gnu/libsurprise.so.1"), ""),
        ("notes.txt", Path("/home/someone/notes.txt"), ""),
    ],
)
def test_a_file_is_of_what_it_comes_from(origins: Origins, target: str, source: Path, part: str) -> None:
    if ("libicu" in target or target.startswith("PySide6")) and not source.exists():
        pytest.skip("Qt's wheel of this system has another form")
    assert name_of(origins.of(target, str(source))) == part


def test_a_repaired_wheels_unnamed_library_is_unknown(origins: Origins, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origins, "wheel_of", lambda source: "thing")
    assert origins.of("thing.libs/libsurprise-01234567.so.1", "/x") == ""
    assert name_of(origins.of("thing.libs/libgeos-01234567.so.3.14", "/x")) == "GEOS"


def test_what_lies_between_a_wheels_own_files_is_still_that_of_others(
    origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origins, "wheel_of", lambda source: "pyside6-essentials")
    assert name_of(origins.of("PySide6/MSVCP140.dll", "/x")) == "Microsoft Visual C++ runtime"
    assert name_of(origins.of("cv2/opencv_videoio_ffmpeg500_64.dll", "/x")) == "FFmpeg"
    assert name_of(origins.of("PySide6/Qt6Core.dll", "/x")) == "Qt"
    assert name_of(origins.of("PySide6/pyside6.abi3.dll", "/x")) == "pyside6-essentials"


def test_the_folder_is_listed_and_the_about_window_reads_the_list(
    origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def packages(files: object) -> dict[Path, str]:
        return {}  # as on a system without Debian's packages

    monkeypatch.setattr(shipped, "debian_packages", packages)
    monkeypatch.setattr(shipped, "Origins", lambda root, work: origins)
    modules = [("idna", str(SITE / "idna/__init__.py"), "PYMODULE"), ("google", "-", "PYMODULE")]
    kept = ("idna-3.dist-info/METADATA", str(next(SITE.glob("idna-*.dist-info")) / "METADATA"), "DATA")
    gone = ("torch-2.dist-info/METADATA", str(next(SITE.glob("torch-*.dist-info")) / "METADATA"), "DATA")
    library = ("libthai.so.0", "/lib/x86_64-linux-gnu/libthai.so.0", "BINARY")
    link = ("libthai.so", "libthai.so.0", "SYMLINK")
    datas = list_shipped(modules, [kept, gone, library, link], [kept, gone], ROOT, tmp_path)
    assert kept in datas
    assert gone not in datas
    targets = {target for target, _, _ in datas}
    assert {"assets/licences.json", "NOTICE.txt", "assets/licences/idna.txt"} <= targets

    listed = tmp_path / "shipped" / "licences.json"
    found = {part.name: part for part in parts(listed)}
    assert set(found) == {"idna", "libthai, libdatrie", "pyinstaller"}
    assert "BSD" in text_of(found["idna"])
    thai = text_of(found["libthai, libdatrie"])
    assert thai.startswith("The source of this version: https://linux.thai.net/")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in thai
    files = {part["name"]: part["files"] for part in json.loads(listed.read_text(encoding="utf-8"))["parts"]}
    assert files["libthai, libdatrie"] == ["libthai.so", "libthai.so.0"]


def test_a_licence_that_is_only_named_is_given_whole(origins: Origins) -> None:
    # certifi's own text says that it is under the MPL, and where to read that.
    module = ("certifi", str(SITE / "certifi/__init__.py"), "PYMODULE")
    certifi = next(one for one in shipped.shipped([module], [], origins) if one.name == "certifi")
    assert len(certifi.texts) == 2
    assert "Mozilla Public License Version 2.0" in certifi.texts[1]


def test_a_list_is_the_same_from_the_same_folder(tmp_path: Path) -> None:
    one = shipped.Shipped("thing", "1", "MIT", files=["b", "a"], modules=["z", "y"], texts=["You may."])
    write([one], tmp_path / "first")
    write([one], tmp_path / "second")
    for name in ("licences.json", "NOTICE.txt"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()
    assert json.loads((tmp_path / "first" / "licences.json").read_text("utf-8"))["parts"][0]["files"] == ["a", "b"]
