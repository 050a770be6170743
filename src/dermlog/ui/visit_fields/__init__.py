"""What is asked at a visit, shared by follow-up and treatment: skin scores, side effects, photos.

SkinFields() and SideEffectFields() have `load_raw(dict)`, `raw() -> dict`, `read()` (raises InvalidRecord),
`show_problems(problems)`, `set_last(LastTime)` and the signal `edited`; PhotoStrip(logbook) shows and adds
the photos of one visit. LastTime(course, on) is what earlier visits said.
"""

from __future__ import annotations
