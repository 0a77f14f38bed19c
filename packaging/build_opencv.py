"""Compile the part of OpenCV that OCR needs, for a release: build/opencv, which stands before the installed one.

    make opencv

The wheel of opencv-python-headless holds a film library, an algebra library and modules for robots, a sixth of our
folder; OCR turns, cuts and scales pictures. From the sources of the same version only that is compiled: core, imgproc
and imgcodecs. The folder has OpenCV's Python files, its licences and its metadata from the installed wheel; who puts it
on PYTHONPATH has it in the installed one's place (packaging/freeze.py does). Decision 0190.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "opencv-python-headless"
SLIM = ROOT / "build" / "opencv"
OBJECTS = ROOT / "build" / "opencv-objects"

SWITCHED_OFF = (
    "BUILD_JAVA", "BUILD_PERF_TESTS", "BUILD_SHARED_LIBS", "BUILD_TESTS", "BUILD_opencv_apps", "WITH_1394",
    "WITH_AVIF", "WITH_EIGEN", "WITH_FFMPEG", "WITH_GSTREAMER", "WITH_GTK", "WITH_IPP", "WITH_ITT", "WITH_JASPER",
    "WITH_JPEGXL", "WITH_KLEIDICV", "WITH_LAPACK", "WITH_OBSENSOR", "WITH_OPENCL", "WITH_OPENEXR", "WITH_OPENJPEG",
    "WITH_PROTOBUF", "WITH_QT", "WITH_TIFF", "WITH_UNIFONT", "WITH_V4L", "WITH_VA", "WITH_VTK", "WITH_WEBP",
)  # fmt: skip
"""What OpenCV's build would add. Pictures are opened by Pillow, long before OpenCV sees their pixels."""

SWITCHED_ON = ("BUILD_JPEG", "BUILD_PNG", "BUILD_ZLIB", "PYTHON3_LIMITED_API")
"""The libraries that are left come from OpenCV's own sources: no other file is needed."""

SETTINGS = (
    "-DCMAKE_BUILD_TYPE=Release",
    # What is taken is the library as it is built: no place of this machine is to be searched for others.
    "-DCMAKE_SKIP_RPATH=ON",
    "-DBUILD_LIST=core,imgproc,imgcodecs,python3",
    *(f"-D{name}=OFF" for name in SWITCHED_OFF),
    *(f"-D{name}=ON" for name in SWITCHED_ON),
)

PYTHON_FILES = ("__init__.py", "config.py", "config-3.py", "load_config_py3.py", "version.py", "misc", "utils",
                "mat_wrapper", "LICENSE.txt", "LICENSE-3RD-PARTY.txt")  # fmt: skip
"""Of the installed package, what the compiled part needs beside it."""


class BuildError(Exception):
    """A step that failed, as a sentence."""


def main() -> int:
    """Compile it where that has not been done; the exit status: 1 where a step failed."""
    try:
        build()
    except BuildError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    sizes = [sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
             for folder in (*installed_folders(), SLIM)]  # fmt: skip
    print(f"OpenCV: {sum(sizes[:-1]) / 1e6:.1f} MB in the wheel, {sizes[-1] / 1e6:.1f} MB as compiled.")
    return 0


def is_built() -> bool:
    """Whether the compiled part lies there, of the version that is installed."""
    return (SLIM / metadata_folder().name).is_dir() and any((SLIM / "cv2").glob("cv2*"))


def build() -> None:
    """Compile and put together. Raises BuildError."""
    if is_built():
        return
    sources = provide_sources(importlib.metadata.version(PACKAGE))
    objects = OBJECTS / "objects"
    failure = "OpenCV could not be compiled. It takes CMake 3.21 or newer and a C++ compiler."
    step(["cmake", "-S", str(sources / "opencv"), "-B", str(objects), *settings()], failure)
    jobs = str(os.cpu_count() or 1)
    step(["cmake", "--build", str(objects), "--config", "Release", "--target", "opencv_python3", "--parallel", jobs],
         failure)  # fmt: skip
    compiled = next((path for path in objects.rglob("cv2*") if path.suffix in {".so", ".pyd"}), None)
    if compiled is None:
        raise BuildError(failure)
    put_together(compiled)
    proof = "import cv2, numpy; cv2.imdecode(cv2.imencode('.png', numpy.zeros((4, 4, 3), 'uint8'))[1], 1)"
    step([sys.executable, "-c", proof], "The OpenCV that was compiled does not work.", {"PYTHONPATH": str(SLIM)})


def settings() -> tuple[str, ...]:
    """CMake's settings on this machine. Without kernels for AVX-512: OCR waits for its models, not for these."""
    import numpy as np

    here = (
        f"-DPYTHON3_EXECUTABLE={sys.executable}",
        f"-DPYTHON3_INCLUDE_DIR={sysconfig.get_path('include')}",
        f"-DPYTHON3_LIBRARY={python_library()}",
        f"-DPYTHON3_NUMPY_INCLUDE_DIRS={np.get_include()}",
    )
    is_x86 = platform.machine().lower() in {"amd64", "x86_64"}
    return (*SETTINGS, *here, *(("-DCPU_DISPATCH=SSE4_2,AVX2",) if is_x86 else ()))


def python_library() -> Path:
    """The file that OpenCV's build takes for Python's library."""
    if sys.platform == "win32":  # pragma: no cover - Windows
        return Path(sys.base_prefix, "libs", f"python{sys.version_info.major}{sys.version_info.minor}.lib")
    # On macOS Python may be a framework, whose library is named from the folder that holds frameworks.
    folder = sysconfig.get_config_var("PYTHONFRAMEWORKPREFIX") or sysconfig.get_config_var("LIBDIR")
    return Path(str(folder), str(sysconfig.get_config_var("LDLIBRARY")))


def provide_sources(version: str) -> Path:
    """The unpacked sources of this version. Raises BuildError."""
    name = f"{PACKAGE.replace('-', '_')}-{version}"
    if not (OBJECTS / name).exists():
        OBJECTS.mkdir(parents=True, exist_ok=True)
        step(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", PACKAGE,
             f"{PACKAGE}=={version}", "--dest", str(OBJECTS)],
            "The sources of OpenCV could not be downloaded.",
        )  # fmt: skip
        with tarfile.open(next(OBJECTS.glob("opencv*.tar.gz"))) as archive:
            archive.extractall(OBJECTS, filter="data")
    return OBJECTS / name


def metadata_folder() -> Path:
    """The folder of the installed package's metadata."""
    found = next(
        file for file in importlib.metadata.distribution(PACKAGE).files or () if str(file).endswith("/METADATA")
    )
    return Path(str(found.locate())).parent


def installed_folders() -> list[Path]:
    """The folders that the installed wheel fills."""
    there = metadata_folder().parent
    return [folder for name in ("cv2", "opencv_python_headless.libs") if (folder := there / name).is_dir()]


def put_together(compiled: Path) -> None:
    """Lay the compiled library beside the installed package's Python files, licences and metadata."""
    package = metadata_folder().parent / "cv2"
    shutil.rmtree(SLIM, ignore_errors=True)
    (SLIM / "cv2").mkdir(parents=True)
    for name in PYTHON_FILES:
        if (package / name).is_dir():
            shutil.copytree(package / name, SLIM / "cv2" / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyi"))
        elif (package / name).exists():
            shutil.copyfile(package / name, SLIM / "cv2" / name)
    shutil.copyfile(compiled, SLIM / "cv2" / compiled.name)
    if sys.platform.startswith("linux") and shutil.which("strip"):
        step(["strip", "--strip-unneeded", str(SLIM / "cv2" / compiled.name)], "The compiled OpenCV is not whole.")
    shutil.copytree(metadata_folder(), SLIM / metadata_folder().name)


def step(command: Sequence[str], failure: str, environment: dict[str, str] | None = None) -> None:
    """Run ``command``. Raises BuildError(failure) where it can't be run, or fails."""
    try:
        status = subprocess.run(
            command, stdout=subprocess.DEVNULL, env={**os.environ, **(environment or {})}, check=False
        ).returncode
    except OSError as error:
        raise BuildError(f"{failure} ({error.strerror}: {command[0]})") from error
    if status != 0:
        raise BuildError(failure)


if __name__ == "__main__":
    sys.exit(main())
