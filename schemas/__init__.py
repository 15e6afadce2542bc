"""The shapes of the data: every room of Passerelle speaks in these.

Import from the submodules (``schemas.records``, ``schemas.drafts`` …); this package holds no logic beyond
validation, the loading of its own data files and the walking of its own shapes.
"""
