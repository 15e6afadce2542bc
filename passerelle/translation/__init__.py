"""Fills the language gaps of records: memory first, then an engine, each text checked and labelled.

``station.translate`` is the whole way, ``lines`` the same for lines of text; ``models`` installs what the Argos engine
needs; ``align`` takes people's own translations into the memory, ``fuzzy`` finds nearly equal texts in it; ``tmx`` and
``xliff`` exchange with translators' tools. Nothing here touches the network except ``models.install`` and the engine
``libretranslate``.
"""
