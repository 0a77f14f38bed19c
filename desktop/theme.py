"""The look: the only place where colours and spacing are written. Everything that paints asks here.

Besides the tokens there are *roles*: a widget's dynamic property ``role`` (``widget.setProperty("role", "muted")``)
chooses one of the rules of the style sheet. Labels: ``title``, ``section``, ``muted``, ``small``, ``danger``, ``key``.
Buttons: ``primary``, ``quiet`` (text alone), ``icon`` (an icon alone), ``chip``, ``row``, ``heading`` (of a section
that folds), ``tab``. Frames: ``card`` (and its ``selected``), ``bubble``, ``bar`` (trouble), ``notice``, ``sidebar``,
``composer``, ``drop``, ``popup``, ``line``; ``read``: what is read shows by its frame that it has the keyboard. No
frame at all: ``plain``. A field without one: ``quick``.
"""

from __future__ import annotations

import atexit
import dataclasses
import functools
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QIcon, QPainter, QPalette, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.motion import Motion
from desktop.style_sheet import TEMPLATE
from engine.paths import assets

_STYLED = "phial-style"
"""The property of an application that has the style; setting it again would dress every widget anew."""

GRID = 8
"""Device-independent pixels; all spacing is a whole or half number of these."""

USUAL_LETTERS = 14.0
"""Pixels of the system's font for which the widths of windows and panes are meant."""

SMALLEST_FONT = 10.0
"""Points: what the system's font is raised to where it is set smaller."""

SMALL, LARGE = 0.88, 1.3
"""The sizes of secondary text and of what a window begins with, as shares of the font's."""

ICON_SIZES = (16, 24, 32, 48, 64, 96)
"""Pixels; the line icons are rendered at each, so that they stay sharp from 100 % to 300 %."""


POINTING = frozenset({"external", "folded", "next", "previous", "reader", "sidebar"})
"""The icons that point along the way of reading: the other way where that is from right to left."""


@dataclasses.dataclass(frozen=True)
class Tokens:
    """The inks and grounds of one appearance, each ``#RRGGBB`` or ``#AARRGGBB``.

    Two inks speak: ``teal`` for what can be done, ``amber`` for what was found. ``paper`` is the page of a document in
    the reader, ``sidebar`` the ground of the outer panes, ``teal_soft`` a selection and the question's bubble.
    """

    ground: str
    sidebar: str
    surface: str
    hover: str
    paper: str
    text: str
    muted: str
    line: str
    teal: str
    teal_soft: str
    on_teal: str
    amber: str
    amber_text: str
    danger: str
    danger_soft: str
    shadow: str


LIGHT = Tokens(
    ground="#FBFBFA",
    sidebar="#F4F5F2",
    surface="#FFFFFF",
    hover="#EBEDE9",
    paper="#FFFFFF",
    text="#1C1D21",
    muted="#62666D",
    line="#E4E4E1",
    teal="#0F766E",
    teal_soft="#E2F1EE",
    on_teal="#FFFFFF",
    amber="#66F5B841",
    amber_text="#7A4B00",
    danger="#B42318",
    danger_soft="#FBEAE8",
    shadow="#1F000000",
)

DARK = Tokens(
    ground="#16181A",
    sidebar="#1A1C1F",
    surface="#1E2124",
    hover="#25292D",
    paper="#EBEBE9",
    text="#E8E6E1",
    muted="#9AA0A6",
    line="#2C3034",
    teal="#2DD4BF",
    teal_soft="#173531",
    on_teal="#06231F",
    amber="#54FBBF24",
    amber_text="#FFD873",
    danger="#F97066",
    danger_soft="#3A2120",
    shadow="#66000000",
)


STRONG_LIGHT = dataclasses.replace(
    LIGHT, muted="#3A3D42", line="#76797E", teal="#0A5049", amber_text="#5A3600", danger="#8A1810", text="#000000"
)
STRONG_DARK = dataclasses.replace(
    DARK, muted="#D0D4D8", line="#8B9096", teal="#7FF0E2", amber_text="#FFE08A", danger="#FFB3AC", text="#FFFFFF"
)
"""The same where the system asks for more contrast."""


def space(units: float) -> int:
    """``units`` steps of the 8-pixel grid, in device-independent pixels."""
    return round(units * GRID)


class Theme(QObject):
    """The appearance in force: the system's, unless ``choose`` overrules it; ``changed`` says when to repaint."""

    changed = Signal()

    def __init__(self, application: QApplication, choice: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        self.motion = Motion(application, self)
        self._icons: dict[tuple[str, str, bool], QIcon] = {}
        if not application.property(_STYLED):  # the style itself has no name any more once it has a sheet
            application.setStyle("Fusion")
            application.setProperty(_STYLED, True)
        font = application.font()
        font.setPointSizeF(max(SMALLEST_FONT, QFontInfo(font).pointSizeF()))
        application.setFont(font)
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._apply)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._apply)
        self._apply()

    @property
    def choice(self) -> str:
        """What was chosen: the system's appearance, or one of the two for good."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Follow the system (``system``), or be ``light`` or ``dark`` whatever it says."""
        self._choice = choice
        self._apply()

    @property
    def is_dark(self) -> bool:
        """Whether the dark tokens are in force."""
        if self._choice == "system":
            return self._hints.colorScheme() == Qt.ColorScheme.Dark
        return self._choice == "dark"

    @property
    def tokens(self) -> Tokens:
        """The tokens in force."""
        if self._hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return STRONG_DARK if self.is_dark else STRONG_LIGHT
        return DARK if self.is_dark else LIGHT

    def colour(self, name: str) -> QColor:
        """The token ``name`` as a colour to paint with."""
        return QColor(str(getattr(self.tokens, name)))

    @property
    def scale(self) -> float:
        """How much larger the letters are than those that the widths of windows and panes are meant for; at least 1."""
        return max(1.0, QFontInfo(self._application.font()).pixelSize() / USUAL_LETTERS)

    @staticmethod
    def small(font: QFont) -> QFont:
        """``font`` in the size of secondary text."""
        smaller = QFont(font)
        smaller.setPointSizeF(SMALL * QFontInfo(font).pointSizeF())
        return smaller

    @staticmethod
    def space(units: float) -> int:
        """``units`` steps of the 8-pixel grid, in device-independent pixels."""
        return space(units)

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """The line icon ``name`` (of assets/icons) in the token ``colour``."""
        is_mirrored = name in POINTING and self._application.layoutDirection() == Qt.LayoutDirection.RightToLeft
        key = (name, str(getattr(self.tokens, colour)), is_mirrored)
        if key not in self._icons:
            drawn = _draw_icon(assets() / "icons" / f"{name}.svg", QColor(key[1]), is_mirrored=is_mirrored)
            self._icons[key] = drawn
        return self._icons[key]

    def style_sheet(self) -> str:
        """The style sheet of the whole program, in the tokens in force."""
        small, large = (f"{share * self._application.font().pointSizeF():.1f}pt" for share in (SMALL, LARGE))
        arrow, tick = self._picture("unfolded", "muted"), self._picture("check", "on_teal")
        return TEMPLATE.substitute(dataclasses.asdict(self.tokens), small=small, large=large, arrow=arrow, tick=tick)

    def _picture(self, name: str, colour: str) -> str:
        """``url(…)`` of the line icon ``name`` in the token ``colour``; ``none`` where it can't be written."""
        drawn = _drawn()
        if not drawn.isValid():
            return "none"
        path = Path(drawn.filePath(f"{name}-{self.colour(colour).name()[1:]}.png"))
        icon = self.icon(name, colour)
        for pixels, mark in ((16, ""), (32, "@2x"), (48, "@3x")):
            file = path.with_stem(path.stem + mark)
            if not file.exists() and not icon.pixmap(QSize(pixels, pixels), 1.0).save(str(file)):
                return "none"
        return f'url("{path.as_posix()}")'

    def _apply(self) -> None:
        self._icons.clear()  # those of the other appearance; whoever shows one asks for it again
        self._application.setPalette(_palette(self.tokens))
        sheet = self.style_sheet()
        if sheet != self._application.styleSheet():  # every widget would be dressed anew
            self._application.setStyleSheet(sheet)
        self.changed.emit()


@functools.cache
def _drawn() -> QTemporaryDir:
    """Where pictures are drawn for the style sheet, which takes them from files alone."""
    drawn = QTemporaryDir()
    # Of what is left when Python ends, it promises to let nothing go.
    atexit.register(drawn.remove)
    return drawn


def set_role(widget: QWidget, role: str) -> None:
    """Give ``widget`` another role, also after it has been shown."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, tokens.ground),
        (roles.WindowText, tokens.text),
        (roles.Base, tokens.surface),
        (roles.AlternateBase, tokens.sidebar),
        (roles.Text, tokens.text),
        (roles.Button, tokens.surface),
        (roles.ButtonText, tokens.text),
        (roles.PlaceholderText, tokens.muted),
        (roles.Highlight, tokens.teal),
        (roles.HighlightedText, tokens.on_teal),
        (roles.Accent, tokens.teal),
        (roles.Link, tokens.teal),
        (roles.LinkVisited, tokens.teal),
        (roles.ToolTipBase, tokens.surface),
        (roles.ToolTipText, tokens.text),
        (roles.Mid, tokens.line),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return palette


def _draw_icon(path: Path, colour: QColor, *, is_mirrored: bool) -> QIcon:
    drawing = path.read_bytes().replace(b"currentColor", colour.name().encode())
    renderer = QSvgRenderer(QByteArray(drawing))
    icon = QIcon()
    for pixels in ICON_SIZES:
        picture = QPixmap(QSize(pixels, pixels))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        icon.addPixmap(picture.transformed(QTransform.fromScale(-1, 1)) if is_mirrored else picture)
    return icon
