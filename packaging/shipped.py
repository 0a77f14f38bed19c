"""List what a frozen folder holds while it is built: what each file and module is part of, its licence, its source.

packaging/phial.spec calls this with what PyInstaller is about to collect: it alone knows where each came from. What is
written goes into the folder: ``assets/licences.json`` with the texts beside it (the about window reads them, and
packaging/licences.py judges them), and ``NOTICE.txt`` for whoever opens the folder.
"""

from __future__ import annotations

import dataclasses
import fnmatch
import importlib.metadata
import json
import platform
import re
import subprocess
import sys
import sysconfig
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath

from distribution_licences import inside_of, licence_of, plain
from library_licences import PUBLIC_DOMAIN, Library, library_of, stem
from notice import notice_text, source_line

from desktop.licences import BUNDLED, OURS, bundled_texts, home_of, standard_texts, texts_of

Entry = tuple[str, str, str]
"""As PyInstaller has them: the path in the folder (or a module's name), the file it comes from, and what it is."""

IN_FOLDERS = {
    "Qt": "PySide6/Qt/* PySide6/Qt6*.dll PySide6/plugins/* PySide6/translations/*",
    "llama.cpp, ggml": "llama_cpp/lib/* kernels/*",
    "PDFium": "pypdfium2_raw/*pdfium*",
    "PP-OCR": "rapidocr/*.onnx",
    "all-MiniLM-L6-v2": "assets/embedder/*",
}
"""Where what has a licence of its own lies inside of a package (desktop.licences.BUNDLED)."""
REPAIRED = re.compile(r"^[\w.]+\.(libs|dylibs)/|/\.dylibs/")
SOURCES = {
    "Qt": "https://download.qt.io/official_releases/qt/{minor}/{version}/submodules/",
    "PySide6_Essentials": "https://download.qt.io/official_releases/QtForPython/pyside6/PySide6-{version}-src/",
    "shiboken6": "https://download.qt.io/official_releases/QtForPython/pyside6/PySide6-{version}-src/",
}
OUR_FOLDERS = ("assets", "desktop", "engine", "packaging", "rag")
LONG_LICENCES = ("Apache-2.0", "MPL-2.0", "LGPL-")
SHORTEST_LONG = 6000
"""Characters: less is not the whole of one of these."""
OF_OTHERS = {"FFmpeg", "ICU", "LLVM OpenMP", "Microsoft Visual C++ runtime"}
"""What some wheels carry between their own files."""
_LIBRARY = re.compile(r"\.(so(\.[\d.]+[a-z]?)?|dylib|dll)$", re.IGNORECASE)


@dataclasses.dataclass
class Shipped:
    """A part of the folder.

    ``files`` are its paths there, ``modules`` those of its modules that lie in the program file, ``inside`` the name,
    version and licence of what its wheel says is compiled into it, ``texts`` those of its licence.
    """

    name: str
    version: str = ""
    licence: str = ""
    home: str = ""
    package: str = ""
    source: str = ""
    files: list[str] = dataclasses.field(default_factory=list)
    modules: list[str] = dataclasses.field(default_factory=list)
    inside: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)
    texts: list[str] = dataclasses.field(default_factory=list)


class Origins:
    """Tells what a file is part of, by where it comes from: the checkout ``root``, PyInstaller's folder ``work``."""

    def __init__(self, root: Path, work: Path) -> None:
        self._ours, self._work = root, work
        self.distributions: dict[str, importlib.metadata.Distribution] = {}
        self._owners: dict[str, str] = {}
        for distribution in importlib.metadata.distributions():
            name = plain(distribution.metadata["Name"])
            self.distributions.setdefault(name, distribution)  # as Python does: the first on the path
            base = Path(str(distribution.locate_file(""))).as_posix()
            # Of the RECORD itself: asking for each file's place takes a minute where torch is installed.
            for line in (distribution.read_text("RECORD") or "").splitlines():
                self._owners[f"{base}/{line.rsplit(',', 2)[0].strip(chr(34))}"] = name
        folders = {sysconfig.get_path(one) for one in ("stdlib", "platstdlib")} | {sys.base_prefix}
        self._python = tuple(Path(one) for one in folders - {"/usr"})

    def wheel_of(self, source: str) -> str:
        """The distribution that brought a file; "" for what none did."""
        return self._owners.get(Path(source).as_posix(), "")

    def of(self, target: str, source: str) -> str | Library:
        """The name of a distribution or of something BUNDLED, or the project of a library; "" where it is unknown."""
        path = Path(source)
        owner = self.wheel_of(source)
        library = library_of(target) if _LIBRARY.search(target) else None
        if owner and _LIBRARY.search(target) and REPAIRED.search(target):
            return library or ""
        if owner and library is not None and library.name in OF_OTHERS:
            return library
        inside = next((name for name, where in IN_FOLDERS.items() if _is_among(target, where)), "")
        if inside or owner:
            return inside or owner
        if path.is_relative_to(self._work):
            # What the specification writes on the way is ours, but for Python's modules, packed.
            return "Python" if path.name == "base_library.zip" else OURS
        # Not what was built of others' work in the checkout: that must be known by itself.
        if any(path.is_relative_to(self._ours / folder) for folder in OUR_FOLDERS):
            return OURS
        is_pythons = any(path.is_relative_to(one) for one in self._python) or stem(target).startswith("python3")
        return library or ("Python" if is_pythons else "")


def _is_among(target: str, patterns: str) -> bool:
    return any(fnmatch.fnmatchcase(target, pattern) for pattern in patterns.split())


def shipped(modules: Iterable[Entry], files: Iterable[Entry], origins: Origins) -> list[Shipped]:
    """The parts of a folder with these modules in its program and these files beside it, by name."""
    found: dict[str, Shipped] = {}
    packages: dict[str, set[Path]] = defaultdict(set)
    links: list[Entry] = []

    def part(origin: str | Library) -> Shipped:
        name = origin.name if isinstance(origin, Library) else origin
        if name not in found:
            found[name] = _part(origin, origins)
        return found[name]

    for target, source, _ in modules:
        if source not in {"", "-"}:  # a package that is only a name
            part(origins.of("", source)).modules.append(target)
    for target, source, kind in sorted(files):
        if kind == "SYMLINK":
            links.append((target, source, kind))
            continue
        origin = origins.of(PurePosixPath(Path(target)).as_posix(), source)
        one = part(origin)
        one.files.append(Path(target).as_posix())
        if isinstance(origin, Library):
            packages[one.name].add(Path(source))
    by_file = {file: one for one in found.values() for file in one.files}
    for target, source, _ in links:
        pointed = (PurePosixPath(target).parent / source).as_posix()
        (by_file.get(pointed) or part("")).files.append(target)
    owners = debian_packages([source for sources in packages.values() for source in sources])
    for name, sources in packages.items():
        one = found[name]
        one.texts = [texts_of(wheel) for wheel in sorted({origins.wheel_of(str(source)) for source in sources} - {""})]
        _add_system(one, {owners[source] for source in sources if source in owners})
    # The folder's own program is PyInstaller's, with our modules in it.
    part("pyinstaller")
    for one in found.values():
        one.texts = [text for text in one.texts if text]
        # Some come with the few lines that name a long licence, and without it.
        is_named = any(word in one.licence for word in LONG_LICENCES) and sum(map(len, one.texts)) < SHORTEST_LONG
        if not one.texts or is_named:
            one.texts += [text for text in standard_texts(one.licence) if text not in one.texts]
    return sorted(found.values(), key=lambda one: one.name.casefold())


def without_metadata_of_absent(files: Iterable[Entry], there: Collection[str]) -> list[Entry]:
    """``files`` less the metadata of distributions that are not ``there``: nothing else of them is shipped."""
    kept = []
    for entry in files:
        folder = Path(entry[0]).parts[0]
        if not folder.endswith(".dist-info") or plain(folder.removesuffix(".dist-info").rsplit("-", 1)[0]) in there:
            kept.append(entry)
    return kept


def write(parts: Sequence[Shipped], folder: Path) -> list[Entry]:
    """Write the list, the texts and the notice into ``folder``; where they belong in the frozen folder."""
    (folder / "licences").mkdir(parents=True, exist_ok=True)
    entries: list[Entry] = []

    def keep(target: str, text: str) -> None:
        path = folder / Path(target).relative_to("assets") if target.startswith("assets/") else folder / target
        path.write_text(text, encoding="utf-8", newline="\n")
        entries.append((target, str(path), "DATA"))

    listed = []
    for one in parts:
        name = re.sub(r"[^\w.+-]+", "-", one.name).strip("-") + ".txt"
        if one.texts:
            keep(f"assets/licences/{name}", "\n\n\n".join(one.texts) + "\n")
        described = {**dataclasses.asdict(one), "files": sorted(one.files), "modules": sorted(one.modules),
                     "texts": [name] if one.texts else []}  # fmt: skip
        listed.append({**described, "offer": source_line(described)})
    system = f"{platform.system()} {platform.machine()}"
    keep("assets/licences.json", json.dumps({"system": system, "parts": listed}, indent=1, ensure_ascii=False) + "\n")
    keep("NOTICE.txt", notice_text(listed))
    return entries


def _part(origin: str | Library, origins: Origins) -> Shipped:
    if isinstance(origin, Library):
        return Shipped(
            origin.name, licence=origin.licence, home=origin.source, package=origin.name, source=origin.source
        )
    bundled = {name: (package, licence, home) for name, package, licence, home in BUNDLED}
    if origin in bundled:
        package, licence, home = bundled[origin]
        version = platform.python_version() if origin == "Python" else importlib.metadata.version(package)
        texts = bundled_texts(origin)
        if not texts:
            texts = standard_texts(licence) if package == OURS or origin == "Qt" else [texts_of(package)]
        one = Shipped(origin, version, licence, home, package, _source(origin, version), texts=texts)
    elif origin in origins.distributions:
        distribution = origins.distributions[origin]
        about = distribution.metadata
        name, version = str(about["Name"]), distribution.version
        one = Shipped(name, version, licence_of(about), home_of(about), name, _source(name, version),  # type: ignore[arg-type]
                      inside=inside_of(distribution), texts=[texts_of(name)])  # fmt: skip
    else:
        one = Shipped(origin or "unknown")
    return one


def _source(name: str, version: str) -> str:
    if name in SOURCES:
        return SOURCES[name].format(version=version, minor=".".join(version.split(".")[:2]))
    return f"https://pypi.org/project/{name}/{version}/#files" if name not in {"", OURS, "Python"} else ""


def _add_system(one: Shipped, packages: set[str]) -> None:
    """What the system's packages say of libraries: their version, their source's name and their licence's text.

    A library of a wheel is in none of them; its text is the wheel's, where those who repair wheels put it.
    """
    said = (
        _output("dpkg-query", "-W", "-f", "${source:Package} ${source:Version}\n", *packages).splitlines()
        if packages
        else []
    )
    for name in sorted(packages):
        text = Path("/usr/share/doc") / name.split(":")[0] / "copyright"
        if text.is_file() and (read := text.read_text(encoding="utf-8", errors="replace").strip()) not in one.texts:
            one.texts.append(read)
    if said:
        system = platform.freedesktop_os_release().get("ID", "debian")
        one.version = ", ".join(sorted({line.split()[-1] for line in said}))
        one.source = " ; ".join(sorted({_system_source(system, *line.split()) for line in said}))
    # The whole texts of what a copyright file only names by its place in the system.
    if PUBLIC_DOMAIN not in one.licence:
        one.texts += standard_texts(one.licence)


def _system_source(system: str, name: str, version: str) -> str:
    if system == "ubuntu":
        return f"https://launchpad.net/ubuntu/+source/{name}/{version}"
    return f"https://snapshot.debian.org/package/{name}/{version}/"


def debian_packages(files: Iterable[Path]) -> dict[Path, str]:
    """The package of the system that each file belongs to, for those that belong to one; asked for all at once."""
    asked: dict[str, Path] = {}
    for file in files:
        # A package may name a file by the folder that another name of that folder leads to.
        for path in (file, file.resolve(), Path("/usr") / file.relative_to(file.anchor)):
            asked[str(path)] = file
    lines = _output("dpkg-query", "-S", *asked).splitlines() if asked else []
    found: dict[Path, str] = {}
    for line in lines:
        owner, _, name = line.partition(": ")
        if name in asked:
            found.setdefault(asked[name], owner.split(",")[0])
    return found


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8").stdout.strip()
    except OSError:
        return ""  # no Debian


def list_shipped(modules: Iterable[Entry], files: Sequence[Entry], datas: Sequence[Entry], root: Path, work: Path,
                 ) -> list[Entry]:  # fmt: skip
    """For the specification: ``datas`` as they are to be, with the list in them; ``files``: these and the binaries."""
    modules, origins = list(modules), Origins(root, work)
    there = {
        origins.wheel_of(source) for _, source, _ in (*modules, *files) if ".dist-info/" not in Path(source).as_posix()
    }
    kept = without_metadata_of_absent(datas, there | {OURS})
    dropped = {entry[0] for entry in datas} - {entry[0] for entry in kept}
    parts = shipped(modules, [entry for entry in files if entry[0] not in dropped], origins)
    return [*kept, *write(parts, work / "shipped")]
