"""Signing in: a name and a password, the recovery sheet, new passwords; shown by start, lock and screens."""
