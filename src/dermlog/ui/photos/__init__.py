"""Photos of a patient over time: before and after, side by side, under a slider or on top of each other."""

from __future__ import annotations
