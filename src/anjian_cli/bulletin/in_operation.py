"""Which enterprises are in operation (在营) on a day: registered by then, and neither 停产, 关闭 nor 搬迁."""

from __future__ import annotations

IN_OPERATION = (
    "(COALESCE(e.registered_on, :day) <= :day AND NOT EXISTS (SELECT 1 FROM operating_state s"
    " WHERE s.enterprise_id = e.id AND s.from_on <= :day AND :day < s.until_on))"
)
"""A condition on an enterprise `e` and the day `:day`."""
