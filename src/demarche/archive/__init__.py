"""The archive: reports and their events kept in one SQLite file."""

from demarche.archive.kept import Carrier, Head, Kept
from demarche.archive.store import Archive, ArchiveError, open_archive

__all__ = ["Archive", "ArchiveError", "Carrier", "Head", "Kept", "open_archive"]
