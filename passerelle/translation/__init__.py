"""Fills the language gaps of records: memory first, then an engine, each text checked and labelled.

``station.translate`` is the whole way; ``models`` installs what the Argos engine needs; ``align.harvest`` takes the
organisations' own translations into the memory. Nothing here touches the network except ``models.install``.
"""
