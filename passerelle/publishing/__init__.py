"""Publishing: records with their texts become an immutable, numbered release that readers never see half-written.

``assemble`` lays translations over records, ``gate`` refuses what is suspicious, ``release`` writes and switches,
``verify`` reads a release back. Rules of numbers, versions and changes: docs/releases.md.
"""
