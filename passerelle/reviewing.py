"""What the curator's desk asks of the other stations, which it may not import itself."""
