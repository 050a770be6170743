"""The follow-up: what a visit after a treatment says, recorded in half a minute."""

from __future__ import annotations
