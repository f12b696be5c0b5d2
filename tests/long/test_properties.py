"""Property tests at length that draw fewer examples in the test command than they did once.

`pytest -m hypothesis --hypothesis-profile=long` runs all the others so, too. See tests/support/examples.py.
"""

from __future__ import annotations

from bulletin.test_correction import test_cumulative_is_issued_before_and_corrections_and_this_month as corrections
from bulletin.test_exact import test_a_wrong_type_is_not_read as wrong_types
from bulletin.test_exact import test_round_trip as exactly
from bulletin.test_explain import test_the_counted_items_add_up_to_every_cell as explained
from exchange.test_workbook import test_any_bytes_are_taken_or_refused as any_bytes
from workflow.test_hazard_cycle import TestHazardLife as TestHazardLife

test_corrections, test_wrong_types, test_exactly = corrections, wrong_types, exactly
test_explained, test_any_bytes = explained, any_bytes
