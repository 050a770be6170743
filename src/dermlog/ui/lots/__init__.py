"""Lot recall: type a lot, see everybody who had it, print or export the call list."""
