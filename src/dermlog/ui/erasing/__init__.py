"""Erasing: restricting access to a patient, lifting that, and erasing for ever."""
