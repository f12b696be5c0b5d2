"""A whole record as a pydantic model: every field at once, by the functions that a file's columns are read with.

For records that come from no cell and no option, whose values nobody has read yet. Cells and options are read field by
field, each fault at its place, and do without what importing pydantic costs.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, create_model

from anjian_cli.records import definition
from anjian_cli.records.definition import Column


@cache
def model(name: str) -> type[BaseModel]:
    """The model of the record type `name`. Raises KeyError. Its validation raises pydantic's ValidationError, for a
    text that cannot be read as well."""
    record = definition.record(name)
    fields: dict[str, Any] = {
        field: (
            Annotated[annotation, BeforeValidator(_read(record.columns[field]))],
            getattr(record.fields, field, ...),
        )
        for field, annotation in record.annotations.items()
    }
    return create_model(record.fields.__name__, **fields)


def _read(column: Column) -> Any:
    return lambda value: column.parse(value) if isinstance(value, str) else value
