"""The templates of pages that a browser opens: everything in them is escaped, and what XML cannot hold is left out."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from anjian_cli.render.office.xml_text import UNPRINTABLE


@cache
def template(name: str) -> Template:
    """The template of that name in this folder. Raises `jinja2.TemplateNotFound`."""

    def printable(value: object) -> object:
        return UNPRINTABLE.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        loader=PackageLoader("anjian_cli", "render/office"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
