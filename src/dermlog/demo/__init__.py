"""The sample logbook: invented patients, written through the same door as a person's input."""

from dermlog.demo.write_sample import SAMPLE_PASSWORDS, write_sample

__all__ = ["SAMPLE_PASSWORDS", "write_sample"]
