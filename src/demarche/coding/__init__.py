"""Coding: Parse -> [Event], one file a stage."""
