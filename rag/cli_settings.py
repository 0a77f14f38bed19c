"""``phial settings``: what a person can change in how Phial works."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from rich.text import Text

from engine.frames import plain
from rag.errors import size_words, system_language, text
from rag.json_output import print_object
from rag.protocol import ChangeSetting, ListSettings, Request, Setting, Settings, SettingUnit
from rag.session import Session
from rag.terminal_rows import indented, make_console
from rag.view import View, printable


def add_settings(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``settings`` its actions; without one it lists."""
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    command.set_defaults(action="list")

    def action(name: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=say(f"settings_{name}"), description=say(f"settings_{name}"))
        # Suppressed, or its default would undo a --json that stands before the action.
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=say("json"))
        if name != "list":
            made.add_argument("setting", metavar="NAME", help=say("setting"))
        return made

    action("list")
    action("set").add_argument("value", metavar="VALUE", help=say("setting_value"))
    action("reset")


def settings(session: Session, _view: View, chosen: argparse.Namespace) -> bool:
    """Carry out an action. Raises PhialError SETTING_UNKNOWN, SETTING_WRONG."""
    language = system_language()

    def request(number: int) -> Request:
        if chosen.action == "list":
            return ListSettings(number, language)
        value = chosen.value if chosen.action == "set" else ""
        return ChangeSetting(number, chosen.setting, value, language)

    listed = session.get(Settings, request).settings
    if chosen.json:
        print_object({"settings": [plain(setting) for setting in listed]})
        return True
    console = make_console()
    # Whoever changes one setting is answered with that one.
    for setting in map(
        printable, (each for each in listed if chosen.action == "list" or each.setting == chosen.setting)
    ):
        console.print(_line(setting, language))
        is_word = setting.unit is SettingUnit.WORD  # where it is a number too, the sentence says so
        choices = text("settings_choices", language, choices=", ".join(setting.choices)) if is_word else ""
        for sentence in filter(None, (setting.meaning, choices, setting.caution)):
            for line in indented(console, Text(sentence, style="dim")):
                console.print(line)
    return True


def _line(setting: Setting, language: str) -> Text:
    line = Text(setting.setting, style="bold")
    line.append(f"  {_readable(setting, setting.value, language)}", style="")
    if setting.is_changed and setting.value != setting.default:
        default = text("settings_default", language, value=_readable(setting, setting.default, language))
        line.append(f"  ({default})", style="dim")
    return line


def _readable(setting: Setting, value: str, language: str) -> str:
    """``value`` with its unit."""
    if value in setting.choices:
        return value
    if setting.unit is SettingUnit.BYTES:
        return size_words(int(value), language)
    if setting.unit is SettingUnit.SECONDS:
        return f"{value} s"
    if setting.unit is SettingUnit.TOKENS:
        return text("settings_tokens", language, tokens=value)
    return value or "–"
