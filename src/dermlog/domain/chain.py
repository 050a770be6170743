"""The chain over the history as people meet it: its head, where it breaks, and what anchors it outside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

_TEXT = re.compile(r"#?([0-9][0-9,.\s]*)\s*[·.:,;-]?\s*([0-9A-F]{4})[-\s]?([0-9A-F]{4})")


@dataclass(frozen=True)
class ChainHead:
    """Number of the newest entry and the beginning of its seal, "7F3A-91C2"; (0, "") before any."""

    sequence: int
    code: str

    @property
    def text(self) -> str:
        """As it is printed: "#14212 · 7F3A-91C2", "" before any entry."""
        return f"#{self.sequence} · {self.code}" if self.sequence else ""

    @staticmethod
    def of(sequence: int, seal: bytes) -> ChainHead:
        """The head that a seal makes."""
        code = seal[:4].hex().upper()
        return ChainHead(sequence, f"{code[:4]}-{code[4:]}" if sequence else "")

    @staticmethod
    def read(text: str) -> ChainHead | None:
        """What somebody typed from a page, None when it is no head."""
        found = _TEXT.fullmatch(text.strip().upper())
        if found is None:
            return None
        return ChainHead(int(re.sub(r"\D", "", found[1])), f"{found[2]}-{found[3]}")


class ChainFault(Enum):
    """What is wrong with the chain at one place."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    BROKEN = "broken"
    REWRITTEN = "rewritten"
    OLDER = "older"


class ChainLog(Enum):
    """Which of the two sealed records a break lies in."""

    CHANGES = "changes"
    ACCESSES = "accesses"


class AnchorSource(Enum):
    """Where a head was kept outside the file."""

    WITNESS = "witness"
    THIS_PC = "this_pc"
    BACKUP = "backup"
    PRINTED = "printed"


@dataclass(frozen=True)
class Anchor:
    """A head that was kept outside the file, and when."""

    source: AnchorSource
    head: ChainHead
    at: datetime | None = None


@dataclass(frozen=True)
class ChainBreak:
    """One break: the first and last entry it may lie in (the same where it is known), and their time.

    anchor is the head that the file contradicts, for REWRITTEN and OLDER.
    """

    fault: ChainFault
    first: int
    last: int
    at: datetime | None = None
    log: ChainLog = ChainLog.CHANGES
    anchor: Anchor | None = None


@dataclass(frozen=True)
class ChainResult:
    """What a verification found: the head, how many entries were read, and the breaks in their order."""

    head: ChainHead
    entries: int
    breaks: tuple[ChainBreak, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the chain is whole and agrees with every anchor."""
        return not self.breaks
