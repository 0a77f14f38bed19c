"""Refuse a frozen folder that holds a file without a known licence, or one that may not be shipped with Phial.

    python packaging/licences.py build/frozen/phial

The folder's own list (assets/licences.json, written while it was built: packaging/shipped.py) says what each file is
part of. Checked are: every file stands in the list; every licence is one of those below, of which an "or" leaves us the
choice; what the LGPL covers lies in files of its own, which can be replaced; Qt is asked for as a library, not built
in; every part has a text, and the notice names the source of what the LGPL covers. Exit status 1 where anything is not
so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from library_licences import MICROSOFT_RUNTIME, PUBLIC_DOMAIN
from license_expression import ExpressionError, LicenseSymbol, LicenseWithExceptionSymbol, get_spdx_licensing

LIST = Path("assets") / "licences.json"
NOTICE = Path("NOTICE.txt")

PERMISSIVE = frozenset({
    "0BSD", "AFL-2.1", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "bzip2-1.0.6", "CC0-1.0",
    "CDLA-Permissive-2.0", "CNRI-Python", "FTL", "HPND", "HPND-sell-variant", "IJG", "ISC", "libpng-2.0", "libtiff",
    "MIT", "MIT-0", "MIT-CMU", "MIT-Modern-Variant", "OFL-1.1", "OpenSSL", "PSF-2.0", "Python-2.0", "blessing",
    "Unicode-3.0", "Unicode-DFS-2016", "Unlicense", "X11", "X11-distribute-modifications-variant", "Zlib",
    "zlib-acknowledgement",
    PUBLIC_DOMAIN,
    # Microsoft lets whoever ships a program compiled by Visual C++ ship its runtime beside it.
    MICROSOFT_RUNTIME,
})  # fmt: skip
FILE_BY_FILE = frozenset({"MPL-2.0"})
"""The source of these files must be to be had, which it is where they come from; nothing else is touched."""
REPLACEABLE = frozenset({
    "LGPL-2.0-or-later", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later",
})  # fmt: skip
"""May be shipped as files of their own, with their text and the way to their source."""
WITH_EXCEPTION = frozenset({
    # What a compiler puts beside every program it compiles, and PyInstaller before every program it freezes.
    ("GPL-3.0-or-later", "GCC-exception-3.1"), ("GPL-2.0-or-later", "Bootloader-exception"),
    ("Apache-2.0", "LLVM-exception"),
})  # fmt: skip
_MAY_BE_SHIPPED = PERMISSIVE | FILE_BY_FILE | REPLACEABLE
_SPDX = get_spdx_licensing()
_OURS = (PUBLIC_DOMAIN, MICROSOFT_RUNTIME)


def may_be_shipped(expression: str, allowed: frozenset[str] = _MAY_BE_SHIPPED) -> bool:
    """Whether an SPDX expression leaves a choice that consists of ``allowed`` licences alone."""
    try:
        parsed = _SPDX.parse(expression, validate=False)
    except ExpressionError:
        return False
    return parsed is not None and _holds(parsed, allowed)


def is_replaceable(expression: str) -> bool:
    """Whether this is a licence under which a part must lie in files of its own (the LGPL, without another choice)."""
    return may_be_shipped(expression) and not may_be_shipped(expression, PERMISSIVE | FILE_BY_FILE)


def is_spdx(expression: str) -> bool:
    """Whether every word of an expression is a licence that SPDX lists, or one of the two that we had to name."""
    try:
        unknown = set(_SPDX.unknown_license_keys(expression))
    except ExpressionError:
        return False
    return bool(expression) and unknown <= set(_OURS)


def _holds(node: Any, allowed: frozenset[str]) -> bool:
    # A licence with an exception is a symbol too: it is looked at first, as its two words.
    if isinstance(node, LicenseWithExceptionSymbol):
        return (node.license_symbol.key, node.exception_symbol.key) in WITH_EXCEPTION
    if isinstance(node, LicenseSymbol):
        return node.key in allowed
    operator = any if isinstance(node, _SPDX.OR) else all
    return operator(_holds(part, allowed) for part in node.args)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the folder that the first argument names; the exit status."""
    folder = Path((sys.argv[1:] if arguments is None else arguments)[0])
    inner = inner_folder(folder)
    try:
        parts = shipped_parts(inner)
    except (OSError, ValueError) as problem:
        print(f"{inner / LIST} can't be read: {problem}")
        return 1
    problems = [*licence_problems(parts), *file_problems(parts, inner), *qt_problems(inner)]
    try:
        problems += notice_problems(parts, (inner / NOTICE).read_text(encoding="utf-8"))
    except OSError as problem:
        problems.append(f"no notice: {problem}")
    for line in problems:
        print(line)
    inside = sum(len(part["inside"]) for part in parts)
    print(
        f"{len(parts)} parts, {inside} more inside of them: " + (f"{len(problems)} problems" if problems else "shipped")
    )
    return 1 if problems else 0


def inner_folder(folder: Path) -> Path:
    """Where the files of a frozen folder lie: PyInstaller's own folder inside of it, else (macOS) the bundle's."""
    return next((one for one in (folder / "_internal", folder / "Contents" / "Resources") if one.is_dir()), folder)


def shipped_parts(inner: Path) -> list[dict[str, Any]]:
    """The list that the build left. Raises OSError, ValueError."""
    parts = json.loads((inner / LIST).read_text(encoding="utf-8"))["parts"]
    if not isinstance(parts, list) or not parts:
        raise ValueError("no parts")
    return parts


def licence_problems(parts: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What may not be shipped, a line each: a part or what is inside of one, with its licence."""
    for part in parts:
        if not may_be_shipped(part["licence"]):
            yield f"{part['name']}: {part['licence'] or 'no known licence'} ({_some(part['files'] or part['modules'])})"
        elif is_replaceable(part["licence"]) and part["modules"]:
            yield f"{part['name']}: {part['licence']}, and inside the program ({_some(part['modules'])})"
        if not part["texts"]:
            yield f"{part['name']}: the text of its licence is missing ({part['licence']})"
        for name, version, licence in part["inside"]:
            if not may_be_shipped(licence) or is_replaceable(licence):  # what is compiled in can't be replaced
                yield f"{name} {version}, inside of {part['name']}: {licence or 'no known licence'}"


def file_problems(parts: Iterable[Mapping[str, Any]], inner: Path) -> Iterator[str]:
    """Files that no part claims, and texts that are not there."""
    known = {file for part in parts for file in part["files"]}
    there = {path.relative_to(inner).as_posix() for path in inner.rglob("*") if path.is_file()}
    for file in sorted(there - known):
        # A model is laid in by whoever makes an offline edition, who answers for its licence.
        if not file.startswith(("assets/licences/", "models/")) and file not in {LIST.as_posix(), NOTICE.as_posix()}:
            yield f"{file}: of no known origin"
    for part in parts:
        for text in part["texts"]:
            if not (inner / "assets" / "licences" / text).is_file():
                yield f"{part['name']}: {text} is not in the folder"


def qt_problems(inner: Path) -> Iterator[str]:
    """What keeps a person from putting another Qt in the place of ours: it must be asked for as a library."""
    from PyInstaller.depend.bindepend import get_imports

    bindings = [path for path in inner.rglob("QtCore*") if path.suffix in {".so", ".pyd"} and path.is_file()]
    if not bindings:
        yield "Qt's bindings are not there: QtCore"
    for path in bindings:
        asked = {Path(name).name for name, _ in get_imports(str(path))}
        if not any("Qt6Core" in name or name == "QtCore" for name in asked):
            yield f"{path.name} doesn't ask for Qt as a library: {', '.join(sorted(asked))}"


def notice_problems(parts: Iterable[Mapping[str, Any]], notice: str) -> Iterator[str]:
    """Replaceable parts whose source the notice doesn't name."""
    for part in parts:
        if is_replaceable(part["licence"]) and (not part["source"] or part["source"] not in notice):
            yield f"{part['name']}: the notice doesn't say where its source is"


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


if __name__ == "__main__":
    sys.exit(main())
