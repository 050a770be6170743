"""Patients: finding one as you type, and the form of one patient."""
