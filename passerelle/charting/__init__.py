"""Figures of the data set and their charts, for the curator's desk and for the pages of a release.

Everything here is a pure function of what it is given: no clock, no database. Charts are inline SVG that uses the
colour of the text alone: they are read by pattern, label and table.
"""
