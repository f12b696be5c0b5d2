"""A whole record, validated by the functions that its fields are read with one by one."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from anjian_cli.records import definition, whole


@pytest.mark.parametrize("name", definition.names())
def test_a_whole_record_is_read_as_its_fields_are(name: str) -> None:
    columns = definition.record(name).columns
    told = {field: column.example for field, column in columns.items() if column.example}
    for field, column in columns.items():
        if column.required and field not in told:
            told[field] = column.choices[0] if column.choices else "1"
    read = whole.model(name).model_validate(told)
    assert {field: getattr(read, field) for field in told} == {
        field: columns[field].read(text) for field, text in told.items()
    }


def test_what_is_missing_or_wrong_is_refused() -> None:
    village = {"code": "330784115201", "name": "芝英一村"}
    assert whole.model("village").model_validate(village)
    with pytest.raises(ValidationError):
        whole.model("village").model_validate({"name": "芝英一村"})
    with pytest.raises(ValidationError):
        whole.model("village").model_validate({**village, "from_on": 7})
    with pytest.raises(ValidationError):
        whole.model("village").model_validate({**village, "code": "33078411520"})
