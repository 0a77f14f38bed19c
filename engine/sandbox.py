"""Renders the chat template of a model file, which may come from anybody: it can neither reach out nor run away.

Jinja's sandbox keeps a template from attributes that lead out of it, but bounds neither time nor memory. So here it has
few filters and methods, no arithmetic that grows, a limit on the steps of its compiled code and on what it allocates.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from types import FrameType
from typing import Any

import psutil
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

LONGEST_TEMPLATE = 32_768  # characters; those of Phi have 400 to 1,000, of others up to 20,000
MOST_STEPS = 10_000  # lines of the compiled template and of Jinja's runtime; a conversation takes a few hundred
MOST_MEMORY = 64 * 2**20  # bytes
LONGEST_RANGE = 1_000
LARGEST_FACTOR = 2**32

_FILTERS = frozenset({"d", "default", "first", "last", "length", "count", "list", "lower", "string", "trim", "upper"})
_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset({"endswith", "lower", "lstrip", "rstrip", "split", "startswith", "strip", "title", "upper"}),
    dict: frozenset({"get", "items", "keys", "values"}),
}


class TemplateRefused(ValueError):
    """A chat template that fails, runs away, or does not do what a chat template is for."""


class _Environment(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset({"*", "%", "**"})

    def __init__(self) -> None:
        # Not optimized: constants would be computed while the template is compiled, before any limit holds.
        super().__init__(
            trim_blocks=True, lstrip_blocks=True, optimized=False, extensions=["jinja2.ext.loopcontrols"], cache_size=0
        )
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.globals = {"range": _short_range, "namespace": Namespace, "raise_exception": _refuse}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if callable(value):
            return attr in _METHODS.get(type(obj), ()) and bool(super().is_safe_attribute(obj, attr, value))
        return bool(super().is_safe_attribute(obj, attr, value))

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        if super().wrap_str_format(value) is not None:
            raise SecurityError("str.format pads without bound")
        return None

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        # A number squared again and again doubles its digits each time, in one step that nothing interrupts.
        are_small = all(type(number) is int and abs(number) <= LARGEST_FACTOR for number in (left, right))
        if operator == "**" or not are_small:
            raise SecurityError(f"{operator} is for small numbers")
        return super().call_binop(context, operator, left, right)


def compile_template(source: str) -> Callable[..., str]:
    """A function that renders ``source`` with the variables it is given (as keywords), within the limits.

    Raises TemplateRefused for a source that is no template; the function raises it for whatever fails or runs away.
    """
    if len(source) > LONGEST_TEMPLATE:
        raise TemplateRefused("too long")
    environment = _Environment()
    try:
        tree = environment.parse(source)
        if any(tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends))):
            raise TemplateRefused("leads to other files")
        template = environment.from_string(tree)
    except TemplateRefused:
        raise
    except Exception as error:
        raise TemplateRefused(type(error).__name__) from error

    def render(**variables: object) -> str:
        try:
            return _within_limits(lambda: template.render(variables))
        except TemplateRefused:
            raise
        except Exception as error:
            raise TemplateRefused(type(error).__name__) from error

    return render


def _within_limits(render: Callable[[], str]) -> str:
    steps = 0
    process = psutil.Process()
    before = process.memory_info().rss

    def trace(_frame: FrameType, _event: str, _argument: object) -> Any:
        nonlocal steps
        steps += 1
        if steps > MOST_STEPS:
            raise TemplateRefused("too many steps")
        if process.memory_info().rss - before > MOST_MEMORY:
            raise TemplateRefused("too much memory")
        return trace

    outer = sys.gettrace()
    sys.settrace(trace)
    try:
        return render()
    finally:
        sys.settrace(outer)


def _short_range(*bounds: int) -> Sequence[int]:
    numbers = range(*bounds)
    if len(numbers) > LONGEST_RANGE:
        raise SecurityError("a long range")
    return numbers


def _refuse(message: str) -> None:
    raise TemplateRefused(str(message)[:200])
