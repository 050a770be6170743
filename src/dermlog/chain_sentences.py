"""One plain sentence for each way the chain of the record can break, and what to do."""

from __future__ import annotations

from datetime import datetime

from dermlog.domain.chain import Anchor, AnchorSource, ChainBreak, ChainFault, ChainLog
from dermlog.wording import _, date_text, isolated


def chain_sentence(found: ChainBreak) -> str:
    """Where the chain breaks, when that entry was written, and what is wrong there."""
    if found.anchor is not None:
        return _anchored(found, found.anchor)
    number = entry_number(found.first)
    if found.first != found.last:
        number = _("{first} to {last}").format(first=number, last=entry_number(found.last))
    if found.at is not None:
        number = _("{number} ({moment})").format(number=number, moment=moment_text(found.at))
    words = {
        ChainLog.CHANGES: _("The record chain breaks at entry {number}: {what}."),
        ChainLog.ACCESSES: _("The record of who looked breaks at line {number}: {what}."),
    }
    return words[found.log].format(number=number, what=_what(found.fault))


def older_file_sentence(anchor: Anchor, place: str) -> str:
    """The file is older than the one that this PC has used; place is where the newer one lay, or ""."""
    last = entry_number(anchor.head.sequence)
    if anchor.at is not None:
        last = _("{number}, {moment}").format(number=last, moment=moment_text(anchor.at))
    said = _("This file is older than the one used on this PC (last: #{last}).").format(last=last)
    if place:
        return said + _(" Newer entries exist in “{name}”: open that file.").format(name=isolated(place))
    return said + _(" Look for the newer file or a newer backup before you write.")


def other_file_sentence(anchor: Anchor) -> str:
    """The file contradicts the one that this PC has used."""
    last = entry_number(anchor.head.sequence)
    return _(
        "This file does not agree with the one used on this PC: its record was rewritten at or before "
        "entry #{last}. Look for the right file or a backup before you write."
    ).format(last=last)


def entry_number(sequence: int) -> str:
    """A number of an entry with its thousands apart."""
    return f"{sequence:,}"


def moment_text(moment: datetime) -> str:
    """3 Mar 2026, 09:10, as the clock stood where it was written."""
    return _("{date}, {time}").format(date=date_text(moment.date()), time=f"{moment:%H:%M}")


def _what(fault: ChainFault) -> str:
    return {
        ChainFault.CHANGED: _("it was changed outside dermlog or by damage"),
        ChainFault.MISSING: _("it is missing"),
        ChainFault.ADDED: _("it was written past dermlog and bears no seal"),
        ChainFault.BROKEN: _("what stands there is not what was sealed"),
        ChainFault.REWRITTEN: _("it was rewritten"),
        ChainFault.OLDER: _("the file ends before it"),
    }[fault]


def _anchored(found: ChainBreak, anchor: Anchor) -> str:
    source = {
        AnchorSource.WITNESS: _("what this PC noted when it last saved"),
        AnchorSource.THIS_PC: _("what this PC remembers"),
        AnchorSource.BACKUP: _("a backup"),
        AnchorSource.PRINTED: _("a printed page"),
    }[anchor.source]
    if found.fault is ChainFault.OLDER:
        return _(
            "The record ends at entry {number}, but {source} knows entry {last} ({head}): newer entries are "
            "missing."
        ).format(
            number=entry_number(found.first - 1),
            source=source,
            last=entry_number(anchor.head.sequence),
            head=anchor.head.text,
        )
    return _(
        "The record was rewritten between entry {first} and entry {last}{moment}: {source} has another seal "
        "({head})."
    ).format(
        first=entry_number(found.first),
        last=entry_number(found.last),
        moment="" if found.at is None else _(" ({moment})").format(moment=moment_text(found.at)),
        source=source,
        head=anchor.head.text,
    )
