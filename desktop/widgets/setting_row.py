"""One setting as a row: what it is called, what it does, and its value to change."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.languages import language_name
from desktop.theme import Theme
from desktop.widgets.announce import warn
from desktop.widgets.buttons import QuietButton
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.labels import make_label
from desktop.widgets.trouble import sentences_of
from rag.errors import LibraryProblem, Problem
from rag.protocol import SUMMARY_LANGUAGES, Setting, SettingUnit

EDITOR_WIDTH = 200
NARROWEST_EDITOR = 120
"""Device-independent pixels."""

translate = QCoreApplication.translate


class SettingRow(QWidget):
    """``changed``: the value that the person gave, as ``change_setting`` takes it; "" for the default."""

    changed = Signal(str)

    def __init__(self, theme: Theme, title: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._expected = ""
        self._meaning = make_label("small", is_shown=False)
        self._caution = make_label("small", is_shown=False)
        self._trouble = make_label("danger", is_shown=False)
        self._reset = QuietButton(self.tr("Default"))
        self._reset.setAccessibleName(self.tr("Default for {setting}").format(setting=title))
        self._reset.clicked.connect(lambda: self.changed.emit(""))
        self._reset.hide()
        self.stops: tuple[QWidget, ...] = (self._reset, editor)
        """Where the keyboard stops, in their order."""
        editor.setAccessibleName(title)
        editor.setMinimumWidth(round(NARROWEST_EDITOR * theme.scale))
        editor.setMaximumWidth(round(EDITOR_WIDTH * theme.scale))
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name = QLabel(title)
        name.setWordWrap(True)
        name.setMinimumWidth(1)
        head = QHBoxLayout()
        head.setSpacing(theme.space(1))
        head.addWidget(name, 1)
        head.addWidget(self._reset)
        head.addWidget(editor, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(0.5))
        layout.addLayout(head)
        for label in (self._meaning, self._caution, self._trouble):
            layout.addWidget(label)

    def explain(self, meaning: str, caution: str = "") -> None:
        """Say what it does, and what its value costs."""
        for label, words in ((self._meaning, meaning), (self._caution, caution), (self._trouble, "")):
            label.setText(words)
            label.setVisible(bool(words))

    def expect(self, expected: str) -> None:
        """Say ``expected`` where another value is given."""
        self._expected = expected

    def show_changed(self, is_changed: bool) -> None:
        """Offer the default where the value is another."""
        self._reset.setVisible(is_changed)

    def show_problem(self, problem: Problem) -> None:
        """Say why a value was not taken."""
        if problem.kind == LibraryProblem.SETTING_WRONG:
            # What is taken, by the name that stands here; the way back is the button beside it, not a command.
            named = {"setting": self._title, "expected": self._expected or problem.parameters.get("expected", "")}
            said = sentences_of(Problem(problem.kind, {**problem.parameters, **named}))
            parts = (said.title, said.meaning, self.tr("Nothing was changed."))
        else:
            said = sentences_of(problem)
            parts = (said.title, said.mend, "")
        self._trouble.setText(" ".join(filter(None, parts)))
        self._trouble.show()
        warn(self, self._trouble.text())

    @property
    def trouble(self) -> str:
        """Why the last value was not taken; "" where it was."""
        return "" if self._trouble.isHidden() else self._trouble.text()


class ChoiceRow(SettingRow):
    """One of several; each of ``choices`` is a value and what it is called."""

    def __init__(self, theme: Theme, title: str, choices: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        self._box = ChoiceBox(title, choices)
        super().__init__(theme, title, self._box, parent)
        self._box.activated.connect(lambda: self.changed.emit(self._box.value))

    def show_value(self, value: str) -> None:
        """Show which it is."""
        self._box.choose(value)


class CheckRow(QWidget):
    """Something that is so or isn't. ``toggled``: the person says which; its words may take several lines."""

    toggled = Signal(bool)

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QCheckBox()
        self._box.setAccessibleName(words)
        self._box.clicked.connect(self.toggled)
        self.stops: tuple[QWidget, ...] = (self._box,)
        """Where the keyboard stops."""
        self._why = make_label("small", is_shown=False)
        self._trouble = make_label("danger", is_shown=False)
        self._name = QLabel(words)
        self._name.setWordWrap(True)
        self._name.setMinimumWidth(1)
        head = QHBoxLayout()
        head.setSpacing(theme.space(1))
        head.addWidget(self._box, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(0.5))
        layout.addLayout(head)
        layout.addWidget(self._why)
        layout.addWidget(self._trouble)

    def forbid(self, why: str) -> None:
        """Have it not to be chosen, and say ``why``; "": it can be."""
        self._box.setEnabled(not why)
        self._box.setAccessibleDescription(why)
        self._name.setEnabled(not why)
        self._why.setText(why)
        self._why.setVisible(bool(why))

    def show_value(self, is_so: bool) -> None:
        """Show whether it is so."""
        self._box.setChecked(is_so)

    def show_trouble(self, words: str) -> None:
        """Say why it could not be made so; "" where it could."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))
        if words:
            warn(self, words)

    @property
    def trouble(self) -> str:
        """Why it could not be made so; "" where it could."""
        return self._trouble.text()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What is pressed here is let go here."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words are as good as the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._box.click()


class WrittenRow(SettingRow):
    """A number with its unit, or addresses; taken when Enter is pressed or the field is left."""

    def __init__(
        self, theme: Theme, title: str, words: dict[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        """``words`` are written for values that are no numbers."""
        self._field = QLineEdit()
        super().__init__(theme, title, self._field, parent)
        self._values = {called.casefold(): value for value, called in (words or {}).items()}
        self._shown = ""
        self._field.editingFinished.connect(self._take)

    def show_value(self, words: str) -> None:
        """Show what it is; what the person is writing just now stays."""
        self._shown = words
        if not (self._field.hasFocus() and self._field.isModified()):
            self._field.setText(words)

    def _take(self) -> None:
        given = self._field.text().strip()
        self._field.setModified(False)
        if given != self._shown:
            self.changed.emit(self._values.get(given.casefold(), given))


def setting_row(theme: Theme, setting: Setting) -> ChoiceRow | WrittenRow:
    """The row for ``setting``, which shows nothing yet."""
    title = setting_name(setting.setting)
    if setting.unit is SettingUnit.WORD:
        return ChoiceRow(theme, title, [(choice, choice_name(choice)) for choice in setting.choices])
    return WrittenRow(theme, title, {choice: choice_name(choice) for choice in setting.choices})


def show_setting(row: ChoiceRow | WrittenRow, setting: Setting) -> None:
    """Show ``setting`` in its row."""
    row.explain(setting.meaning, setting.caution)
    row.expect(expected_words(setting))
    row.show_value(setting.value if isinstance(row, ChoiceRow) else value_words(setting))
    row.show_changed(setting.is_changed)


def value_words(setting: Setting) -> str:
    """The value with its unit, in a form that is taken again."""
    if setting.value in setting.choices:
        return choice_name(setting.value)
    if setting.unit is SettingUnit.BYTES:
        return _size(int(setting.value))
    if setting.unit is SettingUnit.SECONDS:
        return QLocale().toString(float(setting.value), "g")
    return setting.value


def expected_words(setting: Setting) -> str:
    """What it takes: “As is safe, 512 … 131,072”; "" where that has no bounds."""
    locale, counted = QLocale(), ""
    if setting.unit is SettingUnit.BYTES:
        counted = f"{_size(int(setting.lowest))} … {_size(int(setting.highest))}"
    elif setting.unit in {SettingUnit.SECONDS, SettingUnit.TOKENS}:
        counted = f"{locale.toString(setting.lowest, 'g', 7)} … {locale.toString(setting.highest, 'g', 7)}"
        counted += " s" if setting.unit is SettingUnit.SECONDS else ""
    return ", ".join(filter(None, [*map(choice_name, setting.choices), counted]))


def _size(count: int) -> str:
    """A number of bytes as it is taken again: the locale's number, and a unit that is the same in every language."""
    for factor, unit in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= factor:
            return f"{QLocale().toString(round(count / factor, 2), 'g', 6)} {unit}"
    return f"{count} B"


def setting_name(setting: str) -> str:
    """What a setting is called."""
    return {
        "answer_length": translate("Setting", "Length of answers"),
        "strictness": translate("Setting", "How strictly answers keep to the documents"),
        "answer_language": translate("Setting", "Language of answers"),
        "kv_memory_bytes": translate("Setting", "Memory for passages already read"),
        "kv_disk_bytes": translate("Setting", "Disk space for passages already read"),
        "reads_ahead": translate("Setting", "Read likely passages ahead"),
        "reuses_passages": translate("Setting", "Reuse passages already read"),
        "first_word_s": translate("Setting", "Seconds to the first word"),
        "model_idle_s": translate("Setting", "Seconds until the model rests"),
        "context": translate("Setting", "Tokens that the model holds"),
        "model_mirrors": translate("Setting", "Where models come from"),
    }.get(setting, setting)


def choice_name(choice: str) -> str:
    """What one of the choices of a setting is called."""
    return {
        "always": translate("Setting", "Always"),
        "on_mains": translate("Setting", "On mains power"),
        "never": translate("Setting", "Never"),
        "short": translate("Setting", "Short"),
        "long": translate("Setting", "Long"),
        "strict": translate("Setting", "Strictly"),
        "balanced": translate("Setting", "Balanced"),
        "open": translate("Setting", "Freely"),
        "question": translate("Setting", "As the question"),
        "safe": translate("Setting", "As is safe"),
        **{code: language_name(code) for code in SUMMARY_LANGUAGES},
    }.get(choice, choice)
