"""Start: choosing a logbook when none could be opened."""
