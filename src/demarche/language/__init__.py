"""Language: Report -> Parse."""
