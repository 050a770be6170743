"""A check of the whole file: pages, references, rows and chain of the history, photos against hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import date

from dermlog.chain_sentences import chain_sentence
from dermlog.domain.chain import Anchor
from dermlog.domain.file_fault import CheckFinding
from dermlog.domain.listing import CheckResult, LogbookCounts
from dermlog.errors import NotRead
from dermlog.file_sentences import finding_sentence
from dermlog.storage.chain import verify
from dermlog.storage.database import Database
from dermlog.storage.folding import folded_patient
from dermlog.storage.history import json_of, key_of
from dermlog.storage.logged import LOGGED
from dermlog.storage.today import counts

Progress = Callable[[int, int], None]
_TOLD = 20
"""So many damaged photos are told one by one."""


def check_file(
    database: Database,
    progress: Progress | None = None,
    photos: Collection[str] | None = None,
    anchors: Sequence[Anchor] = (),
) -> CheckResult:
    """Verify everything; a part that damage stops is a finding itself, and the others go on.

    photos: only these are read, by SHA-256; all when None. anchors: heads of the chain kept outside the file.
    """
    return _Check(database, progress, photos, anchors).run()


class _Check:
    def __init__(
        self,
        database: Database,
        progress: Progress | None,
        photos: Collection[str] | None,
        anchors: Sequence[Anchor],
    ) -> None:
        self._database = database
        self._anchors = anchors
        self._chosen = photos
        self._progress = progress
        self._done = 0
        self._steps = 1
        self._findings: list[str] = []

    def run(self) -> CheckResult:
        try:
            held = counts(self._database)
            images = [row[0] for row in self._database.rows("SELECT sha256 FROM photo_image ORDER BY number")]
            if self._chosen is not None:
                images = [sha256 for sha256 in images if sha256 in self._chosen]
        except NotRead:
            self._find(CheckFinding.DAMAGED)
            return CheckResult(False, tuple(self._findings), LogbookCounts(0, 0, 0, 0, 0))
        parts: list[Callable[[], None]] = [self._pages, self._references, self._entries, self._search]
        parts.append(self._chain)
        parts += [_history_part(self, table, columns, key) for table, columns, key, _patient in LOGGED]
        self._steps = len(parts) + len(images)
        for part in parts:
            try:
                part()
            except NotRead:
                self._find(CheckFinding.DAMAGED)
            self._step()
        self._photos(images)
        return CheckResult(not self._findings, tuple(self._findings), held)

    def _find(self, finding: CheckFinding, count: int = 1, detail: str = "") -> None:
        sentence = finding_sentence(finding, count, detail)
        if sentence not in self._findings:
            self._findings.append(sentence)

    def _step(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._steps)

    def _pages(self) -> None:
        # Not the quick one: a page of an index that is older than its table is noticed by this alone.
        if self._database.value("PRAGMA integrity_check") != "ok":
            self._find(CheckFinding.DAMAGED)

    def _references(self) -> None:
        broken = len(self._database.rows("PRAGMA foreign_key_check"))
        if broken:
            self._find(CheckFinding.LOOSE_ROWS, broken)

    def _entries(self) -> None:
        for finding, sql in (
            (
                CheckFinding.DRAFT_OF_RECORDED,
                "SELECT count(*) FROM draft JOIN visit USING (id) WHERE state <> 'draft'",
            ),
            (
                CheckFinding.UNFINISHED_WITHOUT_DRAFT,
                "SELECT count(*) FROM visit WHERE state = 'draft' AND id NOT IN (SELECT id FROM draft)",
            ),
            (CheckFinding.UNSIGNED, "SELECT count(*) FROM injection_session WHERE signed_at IS NULL"),
            (
                CheckFinding.OTHER_PATIENT,
                "SELECT (SELECT count(*) FROM injection_session s JOIN visit v ON v.id = s.visit_id "
                "WHERE v.patient_id <> s.patient_id) + (SELECT count(*) FROM photo p JOIN visit v "
                "ON v.id = p.visit_id WHERE v.patient_id <> p.patient_id)",
            ),
            (
                CheckFinding.LOOSE_PICTURES,
                "SELECT count(*) FROM photo_image WHERE sha256 NOT IN (SELECT sha256 FROM photo) "
                "AND sha256 NOT IN (SELECT sha256 FROM kept_image)",
            ),
            (
                CheckFinding.NO_THUMBNAIL,
                "SELECT count(*) FROM photo_image WHERE sha256 NOT IN (SELECT sha256 FROM photo_thumbnail)",
            ),
        ):
            found = self._database.value(sql)
            if found:
                self._find(finding, found)

    def _chain(self) -> None:
        for one in verify(self._database, anchors=self._anchors).breaks:
            self._findings.append(chain_sentence(one))

    def _search(self) -> None:
        wrong = sum(
            folded != folded_patient(family, given, chart, None if born is None else date.fromisoformat(born))
            for family, given, chart, born, folded in self._database.rows(
                "SELECT family_name, given_name, chart_number, birth_date, folded FROM patient"
            )
        )
        if wrong:
            self._find(CheckFinding.SEARCH, wrong)

    def history(self, table: str, columns: list[str], key: list[str]) -> None:
        """Each row must be as its newest history line left it, and each row left there must exist."""
        newest = (
            "SELECT p.after FROM change c JOIN change_payload p USING (sequence) "
            f"WHERE c.\"table\" = '{table}' AND c.row_id = {key_of('t', key)} "
            "ORDER BY c.sequence DESC LIMIT 1"
        )
        differing = self._database.value(
            f'SELECT count(*) FROM "{table}" t WHERE {json_of("t", columns)} IS NOT ({newest})'
        )
        missing = self._database.value(
            'SELECT count(*) FROM (SELECT row_id, kind, max(sequence) FROM change WHERE "table" = ? '
            f"GROUP BY row_id) WHERE kind <> 'removed' AND row_id NOT IN (SELECT {key_of('t', key)} "
            f'FROM "{table}" t)',
            (table,),
        )
        if differing + missing:
            self._find(CheckFinding.AGAINST_HISTORY, differing + missing, table)

    def _photos(self, images: list[str]) -> None:
        damaged = []
        for sha256 in images:
            if not self._is_sound(sha256):
                damaged.append(sha256)
            self._step()
        for sha256 in damaged[:_TOLD]:
            self._find(CheckFinding.PHOTO, 1, sha256[:12])
        if len(damaged) > _TOLD:
            self._find(CheckFinding.MORE_PHOTOS, len(damaged) - _TOLD)

    def _is_sound(self, sha256: str) -> bool:
        """Whether the original and each copy are the bytes that were stored."""
        try:
            found = self._database.row(
                "SELECT original, sha256, preview, preview_sha256, print_copy, print_copy_sha256, jpeg, "
                "jpeg_sha256 FROM photo_image LEFT JOIN photo_thumbnail USING (sha256) WHERE sha256 = ?",
                (sha256,),
            )
        except NotRead:
            return False
        pairs = [] if found is None else list(zip(found[::2], found[1::2], strict=True))
        # A thumbnail that is missing is a finding of its own.
        return bool(pairs) and all(
            content is None or hashlib.sha256(content).hexdigest() == proof for content, proof in pairs
        )


def _history_part(check: _Check, table: str, columns: str, key: str) -> Callable[[], None]:
    return lambda: check.history(table, columns.split(), key.split())
