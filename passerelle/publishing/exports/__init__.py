"""Exports: a release in the standards that other programs read, one module a format.

Each format is a pure function of a ``View`` that yields ``OutFile``; ``formats`` lists them all. What each one is for,
field by field, and what it loses: docs/exports.md.
"""
