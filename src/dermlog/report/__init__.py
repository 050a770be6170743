"""Paper: what the report says, and how it looks; the only room that knows reportlab and pikepdf."""
