"""Intake: whatever holds a news report, made into a `Document`."""

from demarche.intake.document import Document, IntakeError
from demarche.intake.sources import Item, gather, load

__all__ = ["Document", "IntakeError", "Item", "gather", "load"]
