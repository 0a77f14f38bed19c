"""Messages about what a person can change in how Phial works. Standard library only."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import ClassVar

from rag.protocol.replies import Reply
from rag.protocol.requests import Request


class SettingUnit(StrEnum):
    """What the value of a setting counts or is."""

    BYTES = "bytes"
    SECONDS = "seconds"
    TOKENS = "tokens"
    WORD = "word"
    ADDRESSES = "addresses"


@dataclasses.dataclass(frozen=True)
class Setting:
    """A setting: ``value`` is what holds now, ``default`` what holds where the person hasn't said (``is_changed``).

    Both are as ``change_setting`` takes them. It takes one of ``choices``, or a number from ``lowest`` to ``highest``
    where the ``unit`` is one that counts. ``meaning`` is a sentence; so is ``caution``: what the value costs, or "".
    """

    setting: str
    value: str
    default: str
    is_changed: bool
    unit: SettingUnit
    choices: tuple[str, ...]
    lowest: float
    highest: float
    meaning: str
    caution: str = ""


@dataclasses.dataclass(frozen=True)
class ListSettings(Request):
    """Every setting; sentences in ``language``. Final ``settings``."""

    type: ClassVar[str] = "list_settings"
    language: str = ""


@dataclasses.dataclass(frozen=True)
class ChangeSetting(Request):
    """Give a setting another ``value``; its default where that is "". Final ``settings``."""

    type: ClassVar[str] = "change_setting"
    setting: str
    value: str
    language: str = ""


@dataclasses.dataclass(frozen=True)
class Settings(Reply):
    """Every setting."""

    type: ClassVar[str] = "settings"
    is_final: ClassVar[bool] = True
    settings: tuple[Setting, ...]
