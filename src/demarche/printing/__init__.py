"""Printing: reports with their events as tables, JSON, CSV and explanations."""
