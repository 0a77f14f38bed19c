"""What a command line that can't be understood is told, in the person's language, with the word that was likely meant.

argparse says it in English alone. Its sentences are told apart by their wording, as it has no other name for them; one
that another Python words otherwise is shown as it is.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NoReturn

from rag.errors import text
from rag.view import complain

WRONG_USAGE = 2
"""The exit status."""

ALIKE = 0.7
"""From how much of two words in common, in [0, 1] (see difflib), one is likely a slip of the other."""

_OPTION = re.compile(r"(?<![\w-])--?[a-z][\w-]*")
_ARGUMENT = r"argument (?P<argument>.+?): "
_SAID = (
    (r"the following arguments are required: (?P<arguments>.+)", "wrong_missing"),
    (r"one of the arguments (?P<arguments>.+) is required", "wrong_one_of"),
    (rf"{_ARGUMENT}expected (?:one|at least one|\d+) arguments?", "wrong_nothing_follows"),
    (rf"{_ARGUMENT}not allowed with argument (?P<other>.+)", "wrong_together"),
    (rf"{_ARGUMENT}ignored explicit argument '?(?P<given>.*?)'?", "wrong_takes_nothing"),
    (r"ambiguous option: (?P<given>.+?) could match (?P<matches>.+)", "wrong_ambiguous"),
    (rf"{_ARGUMENT}(?P<given>.+): (?P<choices>1 ….*)", "wrong_choice"),
    (rf"{_ARGUMENT}(?P<why>.+)", "wrong_value"),
)
"""What argparse says, and the key of the sentence that stands for it."""


def nearest(given: str, known: Iterable[str]) -> str:
    """The word of ``known`` that ``given`` is likely a slip of, "" where it is like none."""
    return next(iter(difflib.get_close_matches(given, sorted(known), 1, ALIKE)), "")


class UsageParser(argparse.ArgumentParser):
    """An ArgumentParser that speaks ``language``, and so do the parsers of its commands."""

    def __init__(self, *, language: str, **options: Any) -> None:
        self._language = language
        super().__init__(**options, add_help=False, formatter_class=partial(_Formatter, language=language))
        self.color = False  # newer Pythons colour what they say; who pipes it into a file would keep the codes
        self._positionals.title = self._say("usage_arguments")
        self._optionals.title = self._say("usage_options")
        self.add_argument("-h", "--help", action="help", help=self._say("help_help"))

    def add_subparsers(self, **options: Any) -> Any:
        """Give it commands."""
        options["parser_class"] = partial(UsageParser, language=self._language)
        return super().add_subparsers(**options)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Nothing is left over: what is not known is said here, where what is known can be named."""
        parsed, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self._refuse(self._unknown(unknown))
        return parsed, unknown

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and how it is used. Ends the program with the status WRONG_USAGE."""
        for pattern, key in _SAID:
            if (found := re.fullmatch(pattern, message, re.DOTALL)) is not None:
                self._refuse(self._say(key, **found.groupdict()))
        self._refuse(message)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Argparse's own, which knows what was given and what could have been."""
        if action.choices is None or value in action.choices:
            return
        choices = [str(choice) for choice in action.choices]
        meant = self._meant(str(value), choices)
        if isinstance(action, argparse._SubParsersAction):
            self._refuse(self._say("wrong_command", given=value), meant or self._say("usage_more", program=self.prog))
        name = "/".join(action.option_strings) or str(action.metavar or action.dest)
        said = self._say("wrong_choice", argument=name, given=value, choices=", ".join(choices))
        self._refuse(said, meant)

    def _unknown(self, unknown: Sequence[str]) -> str:
        given = unknown[0]
        if not given.startswith("-"):
            return self._say("wrong_too_much", given=given)
        options = _OPTION.findall(self.format_usage())
        meant = self._meant(given.partition("=")[0], options) or self._say("usage_more", program=self.prog)
        return f"{self._say('wrong_option', given=given)} {meant}"

    def _meant(self, given: str, known: Iterable[str]) -> str:
        likely = nearest(given, known)
        return self._say("usage_meant", word=likely) if likely else ""

    def _refuse(self, *said: str) -> NoReturn:
        complain(self.format_usage().rstrip())
        complain(f"{self.prog}: {' '.join(filter(None, said))}")
        raise SystemExit(WRONG_USAGE)

    def _say(self, key: str, **values: str) -> str:
        return text(key, self._language, **values)


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str, *, language: str, **options: Any) -> None:
        super().__init__(prog, **options)
        self._before_usage = text("usage", language)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, self._before_usage if prefix is None else prefix)
