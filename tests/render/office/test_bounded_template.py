"""A template that would never end, or fill the memory, is stopped; what offices write is not in its way."""

from __future__ import annotations

import time

import pytest
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from markupsafe import Markup

from anjian_cli.render.office.bounded_template import MOST_WRITTEN, BoundedEnvironment, TooMuch
from support.sweeps import sweep

WORDS = {"towns": ["芝英镇", "石柱镇"], "number": "永安委办〔2018〕13号", "rows": [{"name": "芝英镇", "rate": 0.5}]}


def filled(template: str) -> str:
    return BoundedEnvironment(lambda value: value).from_string(template).render(WORDS)


NEVER_DONE = {
    "a long loop": "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
    "loops in loops": "{% for a in range(99) %}" * 6 + "{% endfor %}" * 6,
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}"
    "{{ m(60) }}",
    "a loop that calls itself": "{% for a in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}",
    "a loop that is read by a filter": "{% for a in range(99999) %}{{ range(99999)|join }}{% endfor %}",
    "a text doubled again and again": "{% set s = number %}" + "{% set s = s ~ s %}" * 60 + "{{ s }}",
    "the same by adding": "{% set s = 'ab' %}" + "{% set s = s + s %}" * 60 + "{{ s }}",
    "a list doubled": "{% set s = [1] %}" + "{% set s = s + s %}" * 60 + "{{ s }}",
    "a text times a number": "{{ 'x' * 10000000000 }}",
    "a list times a number": "{{ [1] * 10000000000 }}",
    "a great power": "{{ 10 ** 10 ** 10 }}",
    "a great product": "{% set s = 999999999999999999 %}{{ s * s }}",
    "a wide format": "{{ '%10000000000d' % 1 }}",
    "a wide field": "{{ '{:10000000000}'.format(1) }}",
    "a text made wide": "{{ 'x'.ljust(10000000000) }}",
    "replaced by more": "{% set s = range(90000)|join %}{{ s|replace('1', s)|replace('1', s) }}",
    "much text in a long loop": "{% for a in range(99999) %}" + "字" * 10_000 + "{% endfor %}",
    "much text in a macro that is often called": "{% macro m() %}"
    + "字" * 10_000
    + "{% endmacro %}{% for a in range(99999) %}{{ m() }}{% endfor %}",
    "a long value told often": "{% set s = range(90000)|join %}{% for a in range(99999) %}{{ s }}{% endfor %}",
    "joined by more": "{% set s = range(90000)|join %}{{ range(90000)|join(s) }}",
}


@sweep("name", NEVER_DONE, keep=8)
def test_what_would_never_be_done_is_stopped(name: str) -> None:
    began = time.process_time()
    with pytest.raises((TooMuch, RecursionError, SecurityError)):
        filled(NEVER_DONE[name])
    assert time.process_time() - began < 10  # it would be years


def test_what_there_is_to_print_does_not_count_but_what_is_made_of_it_does() -> None:
    words = {"table": Markup("字" * (MOST_WRITTEN // 2 + 1))}

    def written(template: str, given: int) -> int:
        return len(BoundedEnvironment(lambda value: value, given).from_string(template).render(words))

    twice, often = "{{ table }}{{ table }}", "{% for a in range(9) %}{{ table }}{% endfor %}"
    assert written(twice, len(words["table"])) > MOST_WRITTEN
    for template, given in ((twice, 0), (often, len(words["table"]))):
        with pytest.raises(TooMuch):
            written(template, given)


@pytest.mark.parametrize("name", ["center", "wordwrap", "indent", "format", "batch", "slice", "filesizeformat"])
def test_filters_that_make_much_of_little_are_not_known(name: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="No filter named"):
        filled(f"{{{{ number|{name} }}}}")


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        (
            "{% for town in towns %}{{ loop.index }}{{ town }}{{ '，' if not loop.last }}{% endfor %}",
            "1芝英镇，2石柱镇",
        ),
        ("{% for town in towns %}{{ loop.length }}{% endfor %}", "22"),
        ("{{ towns|join('、') }}共{{ towns|length }}个", "芝英镇、石柱镇共2个"),
        ("{{ number|replace('13', '14') }}", "永安委办〔2018〕14号"),
        ("{{ (rows[0].rate * 100)|round|int }}%", "50%"),
        ("{{ 7 % 2 }}{{ 1 + 1 }}{{ number ~ '（改）' }}", "12永安委办〔2018〕13号（改）"),
        ("{% macro m(a) %}〔{{ a }}〕{% endmacro %}{{ m(number[:3]) }}", "〔永安委〕"),
        ("{{ rows|map(attribute='name')|first }}{{ towns|select('equalto', '石柱镇')|list|length }}", "芝英镇1"),
        ("{{ towns|join('<') }}", "芝英镇&lt;石柱镇"),
        ("{{ '<'|replace('<', '>') }}", "&gt;"),
    ],
)
def test_what_an_office_writes_is_filled_in(template: str, printed: str) -> None:
    assert filled(template) == printed
