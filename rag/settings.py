"""What a person can change in how Phial works: each setting with its default, its bounds and its unit.

They are kept in the library. What a setting holds where nobody has changed it may depend on the machine, and on an
environment variable; what the person has said goes before both.
"""

from __future__ import annotations

import dataclasses
import math
import os
import re
import shutil
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from engine.download_hub import is_address
from engine.hardware import memory
from engine.phi import DEFAULT_CONTEXT
from rag.answer_style import AnswerLength, AnswerStyle, Strictness
from rag.errors import LibraryProblem, PhialError, size_words, text
from rag.protocol import SUMMARY_LANGUAGES, Setting, SettingUnit
from rag.stores.history import History

FIRST_WORD_S = 8.0
"""Seconds within which the first word is to come, the model being there, where nobody has said."""

FIRST_WORD_VARIABLE = "PHIAL_FIRST_WORD_S"
"""The environment variable that says within how many seconds the first word is to come, where no setting does."""

MIRRORS_VARIABLE = "PHIAL_MODEL_MIRRORS"
"""The environment variable that names where models are got from, where no setting does."""

OF_THE_QUESTION = "question"
"""The language of answers where it is that of the question."""

SAFE = "safe"
"""The context that is safe for the model, whichever it is."""

_COSTLY = frozenset({"answer_length long", "strictness open"})
"""What costs something, whatever the machine: the setting and its value."""

_MEMORY_SHARE = 8
"""The KV cache's blocks have a part of this many of the free memory: the rest is the person's, and the model's."""

_DISK_SHARE = 10

_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*([kmgt]?)(i?)[bo]?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/,]+[^\s,]*")


class ReadsAhead(StrEnum):
    """When passages that are likely to be asked about are read before anybody asks."""

    ALWAYS = "always"
    ON_MAINS = "on_mains"
    NEVER = "never"


class ReusesPassages(StrEnum):
    """Whether passages that were read once stand whole in later prompts, without being read again there."""

    ALWAYS = "always"
    NEVER = "never"


@dataclasses.dataclass(frozen=True)
class Current:
    """What holds now. ``context`` is in tokens, None: what is safe for the model."""

    kv_memory_bytes: int
    kv_disk_bytes: int
    reads_ahead: ReadsAhead
    reuses_passages: bool
    first_word_s: float
    model_idle_s: float
    context: int | None
    answers: AnswerStyle
    model_mirrors: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class _Rule:
    """What a setting can be. ``fallback`` gives what holds where neither the person nor the ``variable`` says it."""

    name: str
    unit: SettingUnit
    fallback: Callable[[], str]
    lowest: float = 0.0
    highest: float = 0.0
    choices: tuple[str, ...] = ()
    variable: str = ""

    @property
    def default(self) -> str:
        """What holds where the person hasn't said, as it would be stored."""
        return self.readable(os.environ.get(self.variable, "")) or self.fallback()

    def readable(self, value: str) -> str:
        """``value`` as it is kept; "" where it is none."""
        try:
            return self.stored(value) if value else ""
        except PhialError:
            return ""

    def stored(self, value: str) -> str:
        """``value`` as it is kept. Raises PhialError SETTING_WRONG."""
        given = value.strip()
        if given.lower() in self.choices:
            return given.lower()
        if self.unit is SettingUnit.ADDRESSES:
            addresses = re.split(r"[\s,]+", given)
            if all(_ADDRESS.fullmatch(address) and is_address(address) for address in addresses):
                return ",".join(addresses)
        else:
            is_whole = self.unit is not SettingUnit.SECONDS
            number = _bytes(given) if self.unit is SettingUnit.BYTES else _number(given, "" if is_whole else "s")
            if number is not None and self.lowest <= number <= self.highest and (number.is_integer() or not is_whole):
                return str(int(number)) if is_whole else f"{number:g}"
        raise PhialError(LibraryProblem.SETTING_WRONG, setting=self.name, value=value, expected=self._expected())

    def _expected(self) -> str:
        """What it takes, in no language: “1 … 600 s”, “always, on_mains, never”, “https://…”."""
        if self.unit is SettingUnit.ADDRESSES:
            return "https://…, https://…"
        counted = ""
        if self.unit is SettingUnit.BYTES:
            counted = f"{size_words(self.lowest)} … {size_words(self.highest)}"
        elif self.unit is not SettingUnit.WORD:
            counted = f"{self.lowest:g} … {self.highest:.0f}" + " s" * (self.unit is SettingUnit.SECONDS)
        return ", ".join(filter(None, [*self.choices, counted]))


class Settings:
    """The settings of one library. Safe from any thread."""

    def __init__(self, home: Path, history: History) -> None:
        """``home`` is on the disk that the KV cache's blocks would fill."""
        self._history = history
        self._rules = {
            rule.name: rule
            for rule in (
                _Rule("answer_length", SettingUnit.WORD, lambda: AnswerLength.SHORT, choices=tuple(AnswerLength)),
                _Rule("strictness", SettingUnit.WORD, lambda: Strictness.BALANCED, choices=tuple(Strictness)),
                _Rule(
                    "answer_language",
                    SettingUnit.WORD,
                    lambda: OF_THE_QUESTION,
                    choices=(OF_THE_QUESTION, *SUMMARY_LANGUAGES),
                ),
                _Rule("kv_memory_bytes", SettingUnit.BYTES, _memory_share, 0, 64e9),
                _Rule("kv_disk_bytes", SettingUnit.BYTES, lambda: _disk_share(home), 0, 1e12),
                _Rule("reads_ahead", SettingUnit.WORD, lambda: ReadsAhead.ON_MAINS, choices=tuple(ReadsAhead)),
                _Rule("reuses_passages", SettingUnit.WORD, lambda: ReusesPassages.NEVER, choices=tuple(ReusesPassages)),
                _Rule(
                    "first_word_s", SettingUnit.SECONDS, lambda: f"{FIRST_WORD_S:g}", 0.5, 600, (), FIRST_WORD_VARIABLE
                ),
                _Rule("model_idle_s", SettingUnit.SECONDS, lambda: "300", 10, 86_400),
                _Rule("context", SettingUnit.TOKENS, lambda: SAFE, 512, 131_072, (SAFE,)),
                _Rule("model_mirrors", SettingUnit.ADDRESSES, lambda: "", variable=MIRRORS_VARIABLE),
            )
        }

    def current(self) -> Current:
        """What holds now."""
        value = self._value
        context = value("context")
        return Current(
            kv_memory_bytes=int(value("kv_memory_bytes")),
            kv_disk_bytes=int(value("kv_disk_bytes")),
            reads_ahead=ReadsAhead(value("reads_ahead")),
            reuses_passages=value("reuses_passages") == ReusesPassages.ALWAYS,
            first_word_s=float(value("first_word_s")),
            model_idle_s=float(value("model_idle_s")),
            context=None if context == SAFE else int(context),
            answers=AnswerStyle(
                AnswerLength(value("answer_length")),
                Strictness(value("strictness")),
                value("answer_language").replace(OF_THE_QUESTION, ""),
            ),
            model_mirrors=tuple(filter(None, value("model_mirrors").split(","))),
        )

    def listed(self, language: str) -> tuple[Setting, ...]:
        """Every setting, its sentences in ``language``."""
        return tuple(self._shown(rule, language) for rule in self._rules.values())

    def change(self, setting: str, value: str) -> None:
        """Give ``setting`` another value; its default where that is "".

        Raises PhialError SETTING_UNKNOWN, SETTING_WRONG.
        """
        if setting not in self._rules:
            raise PhialError(LibraryProblem.SETTING_UNKNOWN, setting=setting, settings=", ".join(self._rules))
        kept = self._rules[setting].stored(value) if value.strip() else ""
        self._history.set_setting(_key(setting), kept)

    def _shown(self, rule: _Rule, language: str) -> Setting:
        value = self._value(rule.name)
        return Setting(
            setting=rule.name, value=value, default=rule.default, is_changed=bool(self._said(rule)), unit=rule.unit,
            choices=rule.choices, lowest=rule.lowest, highest=rule.highest,
            meaning=text(f"setting_{rule.name}", language),
            caution=_caution(rule.name, value, language),
        )  # fmt: skip

    def _value(self, setting: str) -> str:
        rule = self._rules[setting]
        return self._said(rule) or rule.default

    def _said(self, rule: _Rule) -> str:
        """What the person has said; "" where that is nothing, or nothing that this version takes."""
        return rule.readable(self._history.setting(_key(rule.name)))


def _caution(setting: str, value: str, language: str) -> str:
    if setting == "context" and value != SAFE and int(value) > DEFAULT_CONTEXT:
        return text("setting_context_caution", language, tokens=DEFAULT_CONTEXT)
    if setting == "reuses_passages" and value == ReusesPassages.ALWAYS:
        return text("setting_reuses_passages_caution", language)
    if f"{setting} {value}" in _COSTLY or (setting == "answer_language" and value != OF_THE_QUESTION):
        return text(f"setting_{setting}_caution", language)
    return ""


def _key(setting: str) -> str:
    return f"setting {setting}"


def _memory_share() -> str:
    return str(int(max(64e6, min(2e9, memory().available / _MEMORY_SHARE))))


def _disk_share(home: Path) -> str:
    return str(int(min(2e9, shutil.disk_usage(home).free / _DISK_SHARE)))


def _bytes(size: str) -> float | None:
    """“500 MB”, “2GiB”, “2 Go”, “1000000” in bytes; None where it is no size. A comma is a decimal point too."""
    found = _SIZE.fullmatch(size)
    if found is None:
        return None
    number, prefix, is_binary = found[1].replace(",", "."), found[2].lower(), found[3]
    return float(round(float(number) * (1024 if is_binary else 1000) ** " kmgt".index(prefix or " ")))


def _number(value: str, unit: str) -> float | None:
    """“8” as a number, also with its ``unit`` behind it; None where it is none."""
    try:
        number = float(value.removesuffix(unit).replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
