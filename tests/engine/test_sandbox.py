from __future__ import annotations

import sys

import pytest

from engine.sandbox import LONGEST_TEMPLATE, TemplateRefused, compile_template

HOSTILE = {
    "endless loops": "{% for a in range(999) %}{% for b in range(999) %}{% endfor %}{% endfor %}",
    "a long range": "{% for a in range(10**9) %}{% endfor %}",
    "loops over text": "{% for a in '" + "x" * 300 + "' %}{% for b in '" + "x" * 300 + "' %}{% endfor %}{% endfor %}",
    "recursion": "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
    "doubling": "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "multiplying": "{{ 'a' * 10000000000 }}",
    "powers": "{{ 9 ** 9 ** 9 ** 9 }}",
    "squaring": "{% set n = namespace(x=9) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}{{ n.x }}",
    "a remainder of what was squared": "{% set n = namespace(x=2**9) %}{{ n.x % 7 }}",
    "comparisons without end": "{{ a" + "<a" * 2_000 + " }}",
    "conditions in conditions": "{% if a %}" * 1_500 + "{% endif %}" * 1_500,
    "joining": "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "lists of lists": "{% set n = namespace(x=['a']) %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "two that call each other": (
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}"
    ),
    "formatting": "{{ '%10000000000d' % 1 }}",
    "centring": "{{ 'a' | center(10000000000) }}",
    "a method that pads": "{{ 'a'.ljust(10000000000) }}",
    "format strings": "{{ '{0.__class__}'.format(messages) }}",
    "padding format strings": "{{ '{:>10000000000}'.format('x') }}",
    "the way out": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "changing what it is given": "{{ messages.append(1) }}",
    "other files": "{% include 'engine/errors.py' %}",
    "nesting": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "too long": "x" * (LONGEST_TEMPLATE + 1),
    "refusing": "{{ raise_exception('no') }}",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_templates_are_refused(what):
    tracer = sys.gettrace()
    with pytest.raises(TemplateRefused):
        compile_template(HOSTILE[what])(messages=[{"content": "x"}])
    assert sys.gettrace() is tracer


def test_what_templates_of_models_use():
    source = (
        "{%- set first = messages[0].content | trim %}\n"
        "{% for m in messages %}{% if loop.index0 % 2 == 1 %}{% continue %}{% endif %}"
        "{{ m['role'].upper() + ':' ~ m.get('content') }}{% if not loop.last %},{% endif %}{% endfor %}"
        "{{ first.split('x')[0] }}{{ tools is none }}{{ missing is defined }}"
    )
    messages = [{"role": role, "content": f" {role}x"} for role in ("a", "b", "c")]
    assert compile_template(source)(messages=messages, tools=None) == "A: ax,C: cxaTrueFalse"
