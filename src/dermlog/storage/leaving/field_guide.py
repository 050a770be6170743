"""FIELDS.md: what each field of an export means, from the same table that the files are written from."""

from __future__ import annotations

from dermlog.storage.leaving import digest
from dermlog.storage.leaving.fields import Field, Noun
from dermlog.storage.leaving.nouns import LOGS, RECORDS


def field_guide() -> str:
    """The whole page, in English whatever the language of the screen: it is for programs' authors."""
    lines = [
        "# Fields of a dermlog export, version 1",
        "",
        "`dermlog-export.json` holds all records by noun; `csv/NOUN.csv` holds the same as a table (UTF-8",
        "with a byte order mark; null is an empty cell; a text that a spreadsheet would take for a formula",
        "is preceded by an apostrophe). `history/NOUN-0001.jsonl` holds the log, one JSON object a line.",
        "",
        "null means “not recorded”, never “none” and never 0. Decimal numbers are text, exactly as typed.",
        "Units of a product are never units of another product. Dates and times are ISO 8601.",
        "",
        "## The head of dermlog-export.json",
        "",
        "- `format`, `version`: always `dermlog-export` and the version of this page.",
        "- `made_by`, `made_at`: the version of dermlog, and when.",
        "- `scope`: `patient` or `everything`.",
        "- `photos`: `as_they_came` (byte for byte), `cleaned` (new copies of the picture alone) or `none`.",
        "- `history`: whether the log lies in `history/`.",
        "- `left_out`: how many photos without consent, unreadable photos, and restricted patients.",
        "- `pictures`: the file of each photo; `sha256` is its name in the records, `file_sha256` the file.",
        "- `records_digest`, `digest`: see below; `digest` is null unless the whole logbook is in here.",
        "",
        "## The digest",
        "",
        *(digest.__doc__ or "").strip().splitlines()[2:],
        "",
        "# Records",
        "",
    ]
    for noun in RECORDS:
        lines += _section(noun)
    lines += ["# The log (only in an export of everything)", ""]
    for noun in LOGS:
        lines += _section(noun)
    return "\n".join(lines)


def _section(noun: Noun) -> list[str]:
    return [
        f"## {noun.name}",
        "",
        noun.words,
        "",
        "| field | kind | meaning |",
        "|---|---|---|",
        *(f"| `{field.name}` | {_kind(field)} | {field.words} |" for field in noun.fields),
        "",
    ]


def _kind(field: Field) -> str:
    kind = field.kind.value
    if field.codes:
        kind = (
            "one of " + ", ".join(f"`{one}`" for one in field.codes) + (", or empty" if field.blank else "")
        )
    if field.of:
        kind += f" of a {field.of}"
    return f"{kind}, or null" if field.optional else kind
