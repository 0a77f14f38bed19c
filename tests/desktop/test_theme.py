"""The look: readable in both appearances, and the only place where colours are written."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from desktop.theme import DARK, LIGHT, STRONG_DARK, STRONG_LIGHT, Theme, Tokens
from engine.paths import assets

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"

READABLE = [
    *((ink, ground) for ink in ("text", "muted", "teal", "danger", "amber_text") for ground in ("ground", "surface")),
    *((ink, "sidebar") for ink in ("text", "muted", "danger", "amber_text")),
    ("text", "hover"),
    ("muted", "hover"),
    ("text", "teal_soft"),
    ("muted", "teal_soft"),
    ("text", "danger_soft"),
    ("muted", "danger_soft"),
    ("on_teal", "teal"),
    ("teal", "sidebar"),
    ("teal", "hover"),
    ("teal", "teal_soft"),
    ("danger", "teal_soft"),
    ("danger", "danger_soft"),
]
"""Every ink on every ground that it stands on: also what is selected, pointed at, pressed, and can't be used now."""

APPEARANCES = {"light": LIGHT, "dark": DARK, "strong light": STRONG_LIGHT, "strong dark": STRONG_DARK}
each_appearance = pytest.mark.parametrize("tokens", APPEARANCES.values(), ids=APPEARANCES)


def luminance(colour: QColor) -> float:
    """Relative luminance in [0, 1] (WCAG 2.2)."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: QColor, ground: QColor) -> float:
    """Contrast ratio in [1, 21] (WCAG 2.2)."""
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def over(ink: QColor, ground: QColor) -> QColor:
    """``ink``, as transparent as it is, on ``ground``."""
    share = ink.alphaF()
    mixed = (a * share + b * (1 - share) for a, b in zip(ink.getRgbF()[:3], ground.getRgbF()[:3], strict=True))
    return QColor.fromRgbF(*mixed)


@each_appearance
@pytest.mark.parametrize(("ink", "ground"), READABLE)
def test_text_is_readable(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(QColor(getattr(tokens, ink)), QColor(getattr(tokens, ground))) >= 4.5


@each_appearance
@pytest.mark.parametrize("ground", ["ground", "surface", "hover", "teal_soft"])
@pytest.mark.parametrize("ink", ["text", "amber_text"])
def test_what_is_marked_stays_readable(tokens: Tokens, ground: str, ink: str) -> None:
    marked = over(QColor(tokens.amber), QColor(getattr(tokens, ground)))
    assert contrast(QColor(getattr(tokens, ink)), marked) >= 4.5


@each_appearance
@pytest.mark.parametrize("ground", ["ground", "sidebar", "surface", "hover", "teal_soft"])
def test_what_has_the_keyboard_and_what_is_no_text_can_be_told_from_its_ground(tokens: Tokens, ground: str) -> None:
    for ink in ("teal", "muted", "danger", "amber_text"):
        assert contrast(QColor(getattr(tokens, ink)), QColor(getattr(tokens, ground))) >= 3


@pytest.mark.parametrize(("calm", "strong"), [(LIGHT, STRONG_LIGHT), (DARK, STRONG_DARK)], ids=["light", "dark"])
def test_where_more_contrast_is_asked_for_there_is_more(calm: Tokens, strong: Tokens) -> None:
    ground = QColor(calm.ground)
    for ink in ("text", "muted", "line", "teal", "danger", "amber_text"):
        assert contrast(QColor(getattr(strong, ink)), ground) > contrast(QColor(getattr(calm, ink)), ground)
    assert contrast(QColor(strong.muted), ground) >= 7
    assert contrast(QColor(strong.line), ground) >= 3


def test_no_colour_is_written_anywhere_else() -> None:
    written = re.compile(r"""["'\s:]#[0-9A-Fa-f]{3,8}\b|\brgba?\(|QColor\(\s*\d""")
    guilty = [
        f"{path.name}:{number}"
        for path in DESKTOP.rglob("*.py")
        if path.name != "theme.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if written.search(line)
    ]
    assert not guilty


def test_every_token_is_a_colour() -> None:
    for tokens in APPEARANCES.values():
        for name, value in dataclasses.asdict(tokens).items():
            assert QColor(value).isValid(), name


def test_choosing_an_appearance_is_announced_and_repaints(theme: Theme, qapp: QApplication) -> None:
    heard: list[bool] = []
    theme.changed.connect(lambda: heard.append(theme.is_dark))
    theme.choose("dark")
    assert heard == [True]
    assert theme.tokens is DARK
    assert qapp.palette().window().color() == QColor(DARK.ground)
    assert DARK.teal in qapp.styleSheet()


def test_an_icon_is_drawn_in_the_ink_asked_for(theme: Theme) -> None:
    picture = theme.icon("search", "teal").pixmap(32).toImage()
    inked = [picture.pixelColor(x, y) for x in range(32) for y in range(32) if picture.pixelColor(x, y).alpha() == 255]
    assert inked
    teal = QColor(LIGHT.teal)
    assert all(abs(ink.red() - teal.red()) + abs(ink.green() - teal.green()) < 6 for ink in inked)


def test_every_icon_that_is_named_is_there_and_none_is_idle() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in DESKTOP.rglob("*.py"))
    drawn = {path.stem for path in (assets() / "icons").glob("*.svg")}
    idle = {name for name in drawn if f'"{name}"' not in sources}
    assert not idle
    named = set(re.findall(r"""(?:\.icon\(|IconButton\([^,()]+, |set_icon\()"([a-z-]+)\"""", sources))
    assert named
    assert named <= drawn


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_pictures_of_the_style_sheet_are_there_at_every_scale(qapp: QApplication, appearance: str) -> None:
    theme = Theme(qapp, appearance)
    named = re.findall(r'url\("([^"]+)"\)', theme.style_sheet())
    assert len(named) == 2
    for path in map(Path, named):
        sizes = [QImage(str(path.with_stem(path.stem + mark))).width() for mark in ("", "@2x", "@3x")]
        assert sizes == [16, 32, 48]
    theme.deleteLater()
