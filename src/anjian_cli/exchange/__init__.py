"""Files in and out as records: encodings, headings, import, export, templates, the error report."""
