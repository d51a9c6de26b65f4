"""demarche reads news reports and keeps the record: who did what to whom, when, where - and according to whom."""

from demarche.archive import Archive, ArchiveError, Head, Kept, open_archive
from demarche.reader import Reader, read
from demarche.records import Event, Magnitude, Party, Quantity, Report, Source, Span, When, Where

__all__ = [
    "Archive", "ArchiveError", "Event", "Head", "Kept", "Magnitude", "Party", "Quantity", "Reader", "Report", "Source", "Span", "When", "Where",
    "__version__", "open_archive", "read",
]  # fmt: skip
__version__ = "0.1.0"
