"""The installer's script: compiled for real where its compiler is, and unpacked; its sentences in each language."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from windows import build
from windows.files import contents_of

from desktop.login import _RUN_KEY
from engine.paths import MODULE_OPTION, home
from rag.extract import SUFFIXES

FOLDER = Path(build.__file__).parent
needs_compiler = pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS isn't installed")
LANGUAGES = {"ENGLISH", "FRENCH", "ITALIAN"}


def sentences() -> dict[str, dict[str, str]]:
    """Each sentence by its name and language."""
    found: dict[str, dict[str, str]] = {}
    for name, language, said in re.findall(
        r'^LangString (\w+) \$\{LANG_(\w+)\} "(.*)"$',
        (FOLDER / "strings.nsh").read_text(encoding="utf-8"),
        re.MULTILINE,
    ):
        assert language not in found.setdefault(name, {}), f"{name} is said twice"
        found[name][language] = said
    return found


def scripts() -> str:
    return "\n".join(
        (FOLDER / name).read_text(encoding="utf-8") for name in ("phial.nsi", "steps.nsh", "uninstall.nsh")
    )


def test_each_sentence_is_said_in_each_language_with_the_same_places_for_names() -> None:
    for name, said in sentences().items():
        assert set(said) == LANGUAGES, name
        places = {language: sorted(re.findall(r"\$\{?\w+\}?", text)) for language, text in said.items()}
        assert places["ENGLISH"] == places["FRENCH"] == places["ITALIAN"], name
        if name != "ProgramPart":  # the program's name
            assert len(set(said.values())) == 3, name


def test_what_is_said_is_there_and_what_is_there_is_said() -> None:
    asked_for = set(re.findall(r"\$\((\w+)\)", scripts()))
    assert asked_for == set(sentences())


def test_a_message_never_waits_where_nobody_looks() -> None:
    boxes = [line for line in scripts().splitlines() if re.match(r"\s*MessageBox", line)]
    assert len(boxes) >= 8
    assert all("/SD" in line for line in boxes)


def test_script_and_program_name_the_same_things() -> None:
    assert f'!define RUN_KEY "{_RUN_KEY}"' in scripts()
    assert MODULE_OPTION in scripts()
    assert home().name == "phial"  # beside $LOCALAPPDATA, as the script has it
    assert f"{build.MODELS}" in scripts()


def compile_here(folder: Path, output: Path, *extra: str, signature: list[str] | None = None) -> Path:
    build.compile_installer(folder, output, "0.1.0", signature, *extra, work=output.parent / "work")
    return output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "phial"
    for name in ("phial.exe", "phial.com", "_internal/base.dll", "_internal/assets/é 文/a$b.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"this is {name}", encoding="utf-8")
    return folder


@needs_compiler
@pytest.mark.skipif(shutil.which("7z") is None, reason="7z isn't installed")
def test_what_is_packed_is_what_was_frozen(folder: Path, tmp_path: Path) -> None:
    installer = compile_here(folder, tmp_path / "phial-setup.exe")
    unpacker = str(shutil.which("7z"))
    subprocess.run([unpacker, "x", "-y", f"-o{tmp_path / 'unpacked'}", str(installer)], check=True, capture_output=True)
    unpacked = tmp_path / "unpacked"
    for file in contents_of(folder).files:
        assert (unpacked / file).read_bytes() == (folder / file).read_bytes()
    others = {path.name for path in unpacked.rglob("*") if path.is_file() and path.parent.name != "$PLUGINSDIR"}
    assert others == {Path(file).name for file in contents_of(folder).files} | {"uninstall.exe"}


@needs_compiler
def test_the_same_folder_makes_the_same_installer(folder: Path, tmp_path: Path) -> None:
    first = compile_here(folder, tmp_path / "one" / "phial-setup.exe").read_bytes()
    (folder / "phial.exe").touch()
    assert compile_here(folder, tmp_path / "two" / "phial-setup.exe").read_bytes() == first


@needs_compiler
def test_installer_and_uninstaller_are_signed(folder: Path, tmp_path: Path) -> None:
    signer = tmp_path / "signer.py"
    signer.write_text("import sys, pathlib\nwith open(sys.argv[1], 'a') as log: log.write(sys.argv[-1] + '\\n')\n")
    compile_here(folder, tmp_path / "phial-setup.exe", signature=[sys.executable, str(signer), str(tmp_path / "log")])
    uninstaller, installer = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    assert installer == str(tmp_path / "phial-setup.exe")
    assert uninstaller != installer


@needs_compiler
def test_a_signature_that_fails_fails_the_build(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        compile_here(folder, tmp_path / "phial-setup.exe", signature=["false"])


def test_a_dry_run_says_every_file_and_command_and_does_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHIAL_SIGNING_THUMBPRINT", "AB12")
    model = tmp_path / "tiny.gguf"
    given = ["--dry-run", "--folder", str(folder), "--output", str(tmp_path / "dist"), "--with-model", str(model)]
    assert build.main(given) == 0
    said = capsys.readouterr().out
    for file in contents_of(folder).files:
        assert f"install {file}\n" in said
    for word in ("/sha1 AB12", "makensis", "-DVERSION=", "verify /pa", "phial-models"):
        assert word in said
    assert not (tmp_path / "dist").exists()


@pytest.mark.skipif(os.name == "nt", reason="makes a link")
def test_a_dry_run_shows_a_folder_that_was_frozen_on_another_system(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "_internal" / "libz.so.1").write_bytes(b"library")
    (folder / "_internal" / "libz.so").symlink_to("libz.so.1")
    assert build.main(["--dry-run", "--folder", str(folder), "--output", str(tmp_path / "dist")]) == 0
    said = capsys.readouterr().out
    assert "_internal/libz.so is a link: frozen on another system" in said
    assert "install _internal/libz.so\n" in said
    assert "makensis" in said


def test_a_model_is_laid_beside_and_must_be_one(tmp_path: Path) -> None:
    model = tmp_path / "tiny.gguf"
    model.write_bytes(b"GGUF and more")
    beside = build.lay_model_beside(model, tmp_path / "dist" / "phial-setup.exe")
    assert beside == tmp_path / "dist" / "phial-models" / "tiny.gguf"
    assert beside.read_bytes() == b"GGUF and more"
    model.write_bytes(b"PK")
    with pytest.raises(SystemExit, match="no GGUF"):
        build.lay_model_beside(model, tmp_path / "dist" / "phial-setup.exe")


@needs_compiler
def test_every_format_gets_the_verb(folder: Path, tmp_path: Path) -> None:
    compile_here(folder, tmp_path / "phial-setup.exe")
    written = (tmp_path / "work" / "contents.nsh").read_text(encoding="utf-8")
    assert set(re.findall(r'AddVerb "(.*)"', written)) == set(SUFFIXES)
