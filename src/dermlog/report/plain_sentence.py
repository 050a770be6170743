"""Sentences with bold words and typed words in them, before anybody knows how they will look."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True)
class Words:
    """A part of a sentence. isolated: typed by a person, and must not turn the sentence round."""

    text: str
    bold: bool = False
    isolated: bool = False


@dataclass(frozen=True)
class Sentence:
    """One sentence in its parts."""

    parts: tuple[Words, ...]

    @property
    def text(self) -> str:
        """The sentence without its looks."""
        return "".join(part.text for part in self.parts)


def said(template: str, **values: str) -> Sentence:
    """A sentence from a template in which *stars* make words bold and {names} are filled in.

    Only the template is read for stars and names; a value is shown as it is, whatever it holds.
    """
    parts: list[Words] = []
    bold = False
    for literal, name, _spec, _conversion in Formatter().parse(template):
        for place, piece in enumerate(literal.split("*")):
            bold = bold != (place > 0)
            if piece:
                parts.append(Words(piece, bold))
        if name is not None and values[name]:
            parts.append(Words(values[name], bold, isolated=not values[name].isascii()))
    return Sentence(tuple(parts))
