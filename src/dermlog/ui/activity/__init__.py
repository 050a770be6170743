"""Activity: who changed, saw, printed and unlocked what in the logbook, and whether its record is whole."""
