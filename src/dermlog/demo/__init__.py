"""The sample logbook: invented patients, written through the same door as a person's input."""

from dermlog.demo.write_sample import write_sample

__all__ = ["write_sample"]
