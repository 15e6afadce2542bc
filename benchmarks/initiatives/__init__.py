"""How well initiatives are read from saved pages: facts right, wrong and missed, by field and by family of pages."""
