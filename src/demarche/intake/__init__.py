"""Intake: whatever holds a news report, made into a `Document`."""

from demarche.intake.document import Document, IntakeError
from demarche.intake.fields import Fields
from demarche.intake.sources import Item, gather, load

__all__ = ["Document", "Fields", "IntakeError", "Item", "gather", "load"]
