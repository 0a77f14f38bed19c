"""Collect the window's strings into assets/translations/phial_*.ts, and make the .qm files that the program loads.

``python packaging/translations.py`` after a string was added or translated; ``--check`` only says whether the files
are current and complete, and exits 1 where they are not.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "assets" / "translations"
LANGUAGES = ("en", "fr", "it")
"""English has its plural forms alone: the source is English."""


def main() -> int:
    """Update or check; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where something is missing")
    if not parser.parse_args().check:
        for language in LANGUAGES:
            collect(FOLDER / f"phial_{language}.ts")
            release(FOLDER / f"phial_{language}.ts", FOLDER / f"phial_{language}.qm")
    faults = [fault for language in LANGUAGES for fault in faults_of(language)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def collect(translations: Path) -> None:
    """Bring the strings of the sources into the .ts file, and drop those that are gone."""
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "desktop").rglob("*.py"))
    language = translations.stem.removeprefix("phial_")
    plural = ["-pluralonly"] if language == "en" else []
    # Without line numbers a moved line is no change.
    options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language, *plural]
    _run("lupdate", *options, *sources, "-ts", str(translations))


def release(translations: Path, compiled: Path) -> None:
    """Make the .qm file of a .ts file."""
    _run("lrelease", str(translations), "-qm", str(compiled))


def faults_of(language: str) -> list[str]:
    """What is missing or out of date in the committed files of ``language``, a line each."""
    committed = FOLDER / f"phial_{language}.ts"
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / committed.name
        shutil.copy(committed, fresh)
        collect(fresh)
        faults = [f"{committed.name}: not translated: {source!r}" for source in untranslated(fresh)]
        if fresh.read_bytes() != committed.read_bytes():
            faults.append(f"{committed.name}: the sources have other strings; run packaging/translations.py")
        compiled = Path(folder) / f"phial_{language}.qm"
        release(committed, compiled)
        if not (there := FOLDER / compiled.name).exists() or there.read_bytes() != compiled.read_bytes():
            faults.append(f"{compiled.name}: not made from {committed.name}; run packaging/translations.py")
    return faults


def untranslated(translations: Path) -> list[str]:
    """The strings of a .ts file without a finished translation, in any of their plural forms."""
    missing = []
    for message in ET.parse(translations).getroot().iter("message"):  # noqa: S314 - our own file
        translation = message.find("translation")
        forms = [] if translation is None else [translation, *translation.findall("numerusform")]
        texts = [(form.text or "").strip() for form in (forms[1:] if message.get("numerus") else forms)]
        if translation is None or translation.get("type") == "unfinished" or not texts or not all(texts):
            missing.append(message.findtext("source") or "")
    return missing


def _run(tool: str, *arguments: str) -> None:
    command = [str(Path(sys.executable).parent / f"pyside6-{tool}"), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{tool} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
