"""Fetching: one page of one site at a time, politely and safely; see ``fetch.Fetcher``."""
