"""The one file: the only room that knows SQLite and sqlite-utils."""
