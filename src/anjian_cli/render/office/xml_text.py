"""What may stand in the text of an XML document: Word, Excel and pages are made of them."""

import re

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]|[\ud800-\udfff]|[\ufffe\uffff]")
"""What no XML document can hold, told as what is left out: the other way round takes ten times as long to compile."""
