"""Clinic: letterhead, follow-up plan, staff, products, and how this PC shows dermlog."""
