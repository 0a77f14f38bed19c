"""The plan of a build: complete with an identity, whole without one, and the same wherever it is printed."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path, PurePath
from types import SimpleNamespace
from typing import Any

import pytest
from macos import build, icon, information, layout, plan
from PIL import Image

CODE = [PurePath("Contents/Frameworks/a.dylib"), PurePath("Contents/MacOS/phial")]
TOC = [
    ("phial", "/frozen/phial", "EXECUTABLE"),
    ("numpy/core.so", "/there/core.so", "EXTENSION"),
    ("numpy/data.txt", "/there/data.txt", "DATA"),
    ("en.lproj/InfoPlist.strings", "/there/InfoPlist.strings", "DATA"),
    ("libssl.3.dylib", "/there/libssl.3.dylib", "BINARY"),
]


def steps(identity: str, notary: str) -> list[plan.Step]:
    return list(plan.plan(plan.Paths("1.2.3"), identity, notary, CODE))


def index(taken: list[plan.Step], *words: str) -> int:
    return next(place for place, step in enumerate(taken) if all(word in step.words for word in words))


def test_with_an_identity_everything_is_done_in_its_order() -> None:
    taken = steps("Developer ID Application: Ada", "phial")
    assert not any(step.left_out for step in taken)
    bundle, image = str(plan.Paths("1.2.3").bundle), str(plan.Paths("1.2.3").image)
    order = [
        index(taken, "codesign", "--force", f"{bundle}/Contents/Frameworks/a.dylib"),
        index(taken, "codesign", "--force", bundle),
        index(taken, "codesign", "--verify"),
        index(taken, "notarytool", str(plan.Paths("1.2.3").archive)),
        index(taken, "stapler", "staple", bundle),
        index(taken, "hdiutil", "create"),
        index(taken, "codesign", "--force", image),
        index(taken, "notarytool", image),
        index(taken, "stapler", "staple", image),
        index(taken, "spctl", image),
    ]
    assert order == sorted(order)
    assert all("zip" not in step.words[0] for step in taken)


@pytest.mark.parametrize(("identity", "notary"), [("", ""), ("", "phial"), ("Developer ID Application: Ada", "")])
def test_what_cannot_be_done_is_left_out_and_says_why(identity: str, notary: str) -> None:
    taken = steps(identity, notary)
    reason = plan.WITHOUT_NOTARY if identity else plan.WITHOUT_IDENTITY
    left_out = {step.words[1] if step.words[0] == "xcrun" else step.words[0]: step.left_out for step in taken}
    assert left_out["notarytool"] == left_out["stapler"] == left_out["spctl"] == reason
    assert left_out["hdiutil"] == ""
    # Signed for nobody at least: Apple's processors run nothing else.
    assert not any(step.left_out for step in taken if step.words[:2] == ("codesign", "--verify"))


def test_the_image_says_its_version_its_system_and_whether_a_model_is_inside() -> None:
    assert plan.Paths("1.2.3").image == plan.ROOT / "dist" / "phial-1.2.3-macos-arm64.dmg"
    assert plan.Paths("1.2.3", Path("phi.gguf")).image.name == "phial-1.2.3-offline-macos-arm64.dmg"


def test_a_refusal_ends_the_build() -> None:
    said = 'import sys; sys.stdout.write(\'{"status": "Invalid"}\')'
    step = plan.Step("Have it notarised", (sys.executable, "-c", said), "", plan._refusal)
    with pytest.raises(SystemExit, match="The notary did not accept it"):
        build.take(step)
    build.take(plan.Step("Left out", ("/nothing/there",), "no identity is named"))
    with pytest.raises(SystemExit, match="exit status 3"):
        build.take(plan.Step("Fails", (sys.executable, "-c", "raise SystemExit(3)")))


def test_code_and_data_lie_where_signing_wants_them(tmp_path: Path) -> None:
    toc = tmp_path / "COLLECT-00.toc"
    toc.write_text(repr((TOC,)), encoding="utf-8")
    placed = {entry.place.as_posix(): entry.kind for entry in layout.laid_out(toc)}
    assert placed["Contents/MacOS/phial"] == "EXECUTABLE"
    assert placed["Contents/Frameworks/numpy/core.so"] == "EXTENSION"
    assert placed["Contents/Resources/numpy/data.txt"] == "DATA"
    assert placed["Contents/Resources/en.lproj/InfoPlist.strings"] == "DATA"
    assert placed["Contents/Frameworks/libssl.3.dylib"] == "BINARY"
    data = {place for place, kind in placed.items() if kind == "DATA"}
    assert not any(place.startswith(("Contents/Frameworks", "Contents/MacOS")) for place in data)
    assert sorted(place.name for place in layout.code_in(layout.laid_out(toc))) == [
        "core.so",
        "libssl.3.dylib",
        "phial",
    ]
    assert layout.laid_out(tmp_path / "none.toc") == ()


def test_a_model_lies_among_the_data_and_is_found_beside_the_code(tmp_path: Path) -> None:
    (tmp_path / "Contents" / "Frameworks").mkdir(parents=True)
    model = tmp_path / "phi.gguf"
    model.write_bytes(b"GGUF and more")
    place = layout.add_model(tmp_path, model)
    assert place == tmp_path / "Contents" / "Resources" / "models" / "phi.gguf"
    assert (tmp_path / "Contents" / "Frameworks" / "models" / "phi.gguf").read_bytes() == b"GGUF and more"
    layout.add_model(tmp_path, model)
    model.write_bytes(b"no model")
    with pytest.raises(SystemExit):
        layout.add_model(tmp_path, model)


def test_the_plan_is_printed_anywhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    toc = tmp_path / "COLLECT-00.toc"
    toc.write_text(repr((TOC,)), encoding="utf-8")
    assert build.main(["--dry-run", "--toc", str(toc)]) == 0
    printed = capsys.readouterr().out
    for part in (
        "Contents/Frameworks/numpy/core.so",
        "LSMinimumSystemVersion",
        "hdiutil create",
        plan.WITHOUT_IDENTITY,
    ):
        assert part in printed
    if sys.platform != "darwin":
        assert build.main([]) == 2


def test_no_bundle_is_made_with_the_wheels_opencv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    monkeypatch.setattr("platform.machine", lambda: "arm64")
    monkeypatch.setattr("build_opencv.SLIM", tmp_path)
    monkeypatch.setattr(build, "freeze", lambda: pytest.fail("it was frozen"))
    assert build.main([]) == 1
    assert "make opencv" in capsys.readouterr().out


def test_the_specification_makes_the_bundle_on_a_mac_alone(tmp_path: Path) -> None:
    specification = ast.parse((plan.ROOT / "packaging" / "phial.spec").read_text(encoding="utf-8"))
    of_a_mac = [
        part for part in specification.body if isinstance(part, ast.If) and ast.unparse(part.test).endswith("'darwin'")
    ]
    made: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    names: dict[str, Any] = {
        "sys": SimpleNamespace(platform="darwin", path=[]), "Path": Path, "ROOT": plan.ROOT, "workpath": str(tmp_path),
        "datas": [], "folder": "the folder", "BUNDLE": lambda *values, **named: made.append((values, named)),
    }  # fmt: skip
    code = compile(ast.Module(list(of_a_mac), []), "phial.spec", "exec")
    exec(code, names)  # noqa: S102 - our own specification
    ((values, named),) = made
    assert values == ("the folder",)
    assert information.problems(named["info_plist"]) == []
    assert named["bundle_identifier"] == information.BUNDLE_IDENTIFIER
    assert Path(named["icon"]).name == named["info_plist"]["CFBundleIconFile"]
    assert [folder for _, folder in names["datas"]] == ["en.lproj", "fr.lproj", "it.lproj"]
    assert all(Path(path).is_file() for path, _ in names["datas"])
    made.clear()
    names["sys"].platform = "linux"
    exec(code, names)  # noqa: S102 - our own specification
    assert made == []


def test_the_icon_holds_every_size_on_the_grid_of_macos(tmp_path: Path) -> None:
    icon.write_icns(tmp_path / "phial.icns")
    with Image.open(tmp_path / "phial.icns") as written:
        pixels = {width * scale for width, _, scale in written.info["sizes"]}
        assert {32, 64, 128, 256, 512, 1024} <= pixels
    whole = icon.picture(256)
    assert whole.getpixel((10, 128)) == (0, 0, 0, 0)
    left, top, right, bottom = whole.getbbox() or (0, 0, 0, 0)
    assert (right - left, bottom - top) == (206, 206)


def test_a_process_of_ours_that_is_no_window_loads_nothing_that_gets_a_dock_icon() -> None:
    code = (
        "import sys, desktop.__main__, rag.extract.child, engine.kernel_product;"
        "print([name for name in sys.modules if name.split('.')[0] in {'PySide6', 'AppKit', 'objc', 'quickmachotkey'}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=True)
    assert done.stdout.strip() == "[]"
    # PyInstaller's loader becomes a program of the Dock only to hear of files while it starts: Qt hears of them itself.
    assert "argv_emulation" not in (plan.ROOT / "packaging" / "phial.spec").read_text(encoding="utf-8")
