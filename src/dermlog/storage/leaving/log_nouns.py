"""Nouns of the log in an export of everything: history, who looked, seals, what was erased or taken out."""

from __future__ import annotations

from dermlog.domain.access import AccessKind
from dermlog.domain.change import ChangeKind
from dermlog.storage.leaving.fields import Noun, code, plain, text
from dermlog.storage.leaving.kinds import Kind

LOG_NOUNS: tuple[Noun, ...] = (
    Noun(
        "change",
        "One change of one row, written by the file itself.",
        (
            plain("sequence", Kind.WHOLE, "Number of the change, counting up."),
            plain("at", Kind.MOMENT, "When."),
            plain("staff_id", Kind.ID, "Who; null: nobody had signed in.", optional=True),
            text("reason", "Why, where a reason was asked."),
            text("table", "Noun of the row."),
            text("row_id", "Name of the row: its key, parts joined by “/”; empty once erased."),
            plain("patient_id", Kind.ID, "The patient it belongs to.", optional=True),
            code("kind", "What happened.", ChangeKind),
        ),
        order="sequence",
        counted=False,
    ),
    Noun(
        "change_payload",
        "What a row held before and after a change. No row: it was lawfully erased.",
        (
            plain("sequence", Kind.WHOLE, "Number of the change."),
            plain("before", Kind.ROW, "The row before; null for a new row.", optional=True),
            plain("after", Kind.ROW, "The row after; null for a removed row.", optional=True),
        ),
        order="sequence",
        counted=False,
    ),
    Noun(
        "change_hash",
        "The salted SHA-256 by which a change enters the chain of seals.",
        (
            plain("sequence", Kind.WHOLE, "Number of the change."),
            plain("salt", Kind.HEX, "Salt; empty once erased."),
            plain("hash", Kind.HEX, "SHA-256 over salt, reason, row_id, before and after as a JSON list."),
        ),
        order="sequence",
        counted=False,
    ),
    Noun(
        "access",
        "Who looked at, printed or took out what, and what happened to the lock.",
        (
            plain("sequence", Kind.WHOLE, "Number of the line, counting up."),
            plain("at", Kind.MOMENT, "When."),
            plain("staff_id", Kind.ID, "Who; null: nobody had signed in.", optional=True),
            plain("patient_id", Kind.ID, "Whose entries; null: the whole logbook.", optional=True),
            code("kind", "What was done.", AccessKind),
            text("detail", "Counts and codes."),
        ),
        order="sequence",
        counted=False,
    ),
    Noun(
        "seal",
        "One link of the chain over history and access log.",
        (
            plain("number", Kind.WHOLE, "Number of the seal, counting up."),
            plain("last_change", Kind.WHOLE, "The last change it covers."),
            plain("last_access", Kind.WHOLE, "The last line of the access log it covers."),
            plain("previous", Kind.HEX, "Hash of the seal before; zeros for the first."),
            plain("hash", Kind.HEX, "SHA-256 over the seal before and the lines since."),
        ),
        order="number",
        counted=False,
    ),
    Noun(
        "erasure",
        "That a patient's entries were lawfully erased.",
        (
            plain("patient_id", Kind.ID, "Id the patient had."),
            plain("at", Kind.MOMENT, "When."),
            plain("staff_id", Kind.ID, "Who did it.", optional=True),
        ),
        counted=False,
    ),
    Noun(
        "kept_image",
        "A photo that was taken out of a recorded visit; the history names it.",
        (text("sha256", "SHA-256 of the picture as it came from the camera, hexadecimal."),),
        counted=False,
    ),
)
