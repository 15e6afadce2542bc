"""What every request to the desk passes: its host, its origin, who it is from, and the headers of its answer."""
