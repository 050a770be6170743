"""Importing a list of patients from another system: file, columns, check, done."""
