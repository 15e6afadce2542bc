"""Records as spreadsheets: out as CSV or XLSX, edited elsewhere, and back in as decisions that somebody saw first.

Every cell comes back as it went out, or it is an edit; what others changed meanwhile is a conflict, never overwritten.
"""
