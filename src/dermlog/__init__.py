"""dermlog: a treatment-outcome logbook for dermatology clinics."""

__version__ = "0.1.0"
