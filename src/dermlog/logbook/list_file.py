"""Reading a list file: its encoding and its separator are found out, then its lines are read."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from dermlog.domain.patient_list import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_LINES,
    ListFault,
    ListLine,
    ListTable,
)
from dermlog.errors import list_not_read

ENCODINGS = (
    "utf-8-sig",
    "utf-16",
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "mac-roman",
    "shift_jis",
    "gb18030",
    "big5",
    "euc-kr",
)
"""What can be chosen by hand."""
SEPARATORS = (",", ";", "\t", "|")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_LONGEST_CELL = 1 << 20
_LOOKED_AT = 1 << 16
_FOUND_OUT_BY = 40

Progress = Callable[[int, int], None]


def read_list(path: Path, *, encoding: str = "", separator: str = "") -> ListTable:
    """The table of a file; "" finds the encoding or separator out. ListNotRead when it is no list."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise list_not_read(ListFault.TOO_LARGE, path.name)
        content = path.read_bytes()
    except OSError as error:
        raise list_not_read(ListFault.UNREADABLE, path.name) from error
    if not content.strip(b"\x00 \t\r\n"):
        raise list_not_read(ListFault.EMPTY, path.name)
    chosen = encoding or guess_encoding(content)
    if not chosen:
        raise list_not_read(ListFault.NOT_TEXT, path.name)
    try:
        text = content.decode(chosen)
    except (UnicodeDecodeError, UnicodeError) as error:
        raise list_not_read(ListFault.WRONG_ENCODING, path.name) from error
    text = text.removeprefix("\ufeff")
    if _is_no_text(text):
        raise list_not_read(ListFault.WRONG_ENCODING if encoding else ListFault.NOT_TEXT, path.name)
    text, said = _said_separator(text)
    divider = separator or said or guess_separator(text)
    lines = tuple(_lines(text, divider, path.name, first=1 + bool(said)))
    if not any(any(cell.strip() for cell in line.cells) for line in lines):
        raise list_not_read(ListFault.NO_LINES, path.name)
    return ListTable(lines, chosen, divider)


def guess_encoding(content: bytes) -> str:
    """By its mark, by its zeros, as UTF-8 where that is possible, else Windows; "" for what is no text."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    sample = content[:_LOOKED_AT]
    if 0 in sample:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        # Western letters in UTF-16 have a zero in one half of each pair, and hardly any in the other.
        if even + odd <= len(sample) // 10 or min(even, odd) * 20 > max(even, odd):
            return ""
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252" if not any(byte in content for byte in _NOT_IN_CP1252) else "latin-1"
    return "utf-8-sig"


def guess_separator(text: str) -> str:
    """The one that cuts the first lines into the most equal number of pieces."""
    best, most = ",", 0.0
    for separator in SEPARATORS:
        try:
            widths = [
                len(line)
                for _number, line in zip(
                    range(_FOUND_OUT_BY), csv.reader(_beginning(text), delimiter=separator), strict=False
                )
                if line
            ]
        except csv.Error:
            continue
        width, count = Counter(widths).most_common(1)[0] if widths else (1, 0)
        if width > 1 and (score := count / len(widths) + width / 1000) > most:
            best, most = separator, score
    return best


def _beginning(text: str) -> Iterator[str]:
    """The first lines, without the last one, which may be cut."""
    piece = text[:_LOOKED_AT]
    lines = io.StringIO(piece, newline="").readlines()
    return iter(lines[:-1] if len(piece) < len(text) and len(lines) > 1 else lines)


def _said_separator(text: str) -> tuple[str, str]:
    """A first line "sep=;" says what separates, and is no line of the list."""
    first, _end, rest = text.partition("\n")
    said = first.strip()
    if said.casefold().startswith("sep=") and len(said) == len("sep=") + 1:
        return rest, said[-1]
    return text, ""


def _lines(text: str, separator: str, name: str, *, first: int) -> Iterator[ListLine]:
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        begins = 0
        for count, cells in enumerate(reader):
            if count >= MOST_LINES:
                raise list_not_read(ListFault.TOO_MANY_LINES, name)
            if len(cells) > MOST_COLUMNS:
                raise list_not_read(ListFault.NOT_TEXT, name)
            if cells:
                yield ListLine(begins + first, tuple(cells))
            begins = reader.line_num
    except csv.Error as error:
        raise list_not_read(ListFault.NOT_TEXT, name) from error
    finally:
        csv.field_size_limit(limit)


def _is_no_text(text: str) -> bool:
    """Whether control characters show that this is no text, or not in this encoding."""
    sample = text[:_LOOKED_AT]
    strange = sum(1 for c in sample if ord(c) < 32 and c not in "\t\r\n\x0b\x0c\x1a")
    return strange * 100 > len(sample) or "\x00" in sample
