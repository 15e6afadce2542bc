"""What is known and not published: people who asked to be taken out, minors, private people, what a source withholds.

Every part is a pure function: the records in, the records as they may be published out, with a trace of what was
withheld and why, never of the value. docs/privacy.md says the rules to people.
"""
