"""Leaving on screen: exporting one patient or everything."""
