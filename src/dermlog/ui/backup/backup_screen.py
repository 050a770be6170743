"""The screen of the logbook itself: how safe it is, where backups go, and the backups there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.backup_sentences import drill_sentence, light_text, state_sentence
from dermlog.domain.backup import BackupDone, BackupPlace, BackupSet, BackupState, Light
from dermlog.domain.file_fault import CheckFinding
from dermlog.domain.listing import CheckResult
from dermlog.domain.permission import Action
from dermlog.errors import DermlogError
from dermlog.file_sentences import finding_sentence
from dermlog.logbook import save_restore_guide, set_aside_files
from dermlog.ui.allowing import allow
from dermlog.ui.backup.running import Cancelled, Progress, Running
from dermlog.ui.backup.set_words import made_there_cell, place_cell, proof_cell
from dermlog.ui.backup.this_logbook_card import ThisLogbookCard
from dermlog.ui.kit import background
from dermlog.ui.kit.badge import Badge
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.dialog import ask
from dermlog.ui.kit.heading import PageHeading
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.notice import Notice
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.screen import Screen
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import Tone
from dermlog.wording import _, ngettext

if TYPE_CHECKING:
    from dermlog.logbook import Logbook

TONES = {
    Light.GOOD: Tone.GOOD,
    Light.CAUTION: Tone.CAUTION,
    Light.DANGER: Tone.DANGER,
    Light.SAMPLE: Tone.NEUTRAL,
}
Found = tuple[BackupState, tuple[BackupSet, ...], tuple[Path, ...]]


class BackupScreen(Screen):
    """BackupScreen(logbook); restore_requested(BackupSet) is a wish: only the start can close the logbook."""

    def __init__(self, logbook: Logbook) -> None:
        super().__init__()
        self._logbook = logbook
        self._backups = logbook.backups
        self._looking = False
        self._aside: tuple[Path, ...] = ()
        heading = PageHeading(_("Logbook"), logbook.path.name)
        self.activity_button = Button(_("Activity"))
        self.activity_button.clicked.connect(self.activity_requested)
        heading.add_action(self.activity_button)
        self.page.addWidget(heading)
        self.notice = Notice()
        self.page.addWidget(self.notice)
        self.light = Badge("")
        self.proven = Label(_("Looking for backups…"), role="strong", wrap=True)
        self.drilled = Label(role="muted", wrap=True)
        self.running = Running()
        self.running.failed.connect(self._on_failed)
        self.running.stopped.connect(self._on_stopped)
        self.back_up_button = Button(_("Back up now"), Kind.PRIMARY)
        self.drill_button = Button(_("Try a restore"))
        self.this_card = ThisLogbookCard(logbook)
        self.copy_button = self.this_card.copy_button
        self.add_button = Button(_("Add folder…"), small=True)
        self.place_table = self._make_places()
        self.set_table = self._make_sets()
        self.place_table.fit_height()
        self.drilled.hide()
        self.light.hide()
        self._lay_out()
        self.back_up_button.clicked.connect(self.back_up)
        self.drill_button.clicked.connect(self.drill)
        self.copy_button.clicked.connect(self._on_copy)
        self.add_button.clicked.connect(self._on_add)
        self.this_card.check_pressed.connect(self.check)
        self.this_card.export_pressed.connect(lambda: self.export_requested.emit(None))
        self.this_card.guide_pressed.connect(self._on_guide)
        self.this_card.take_back_pressed.connect(self._on_take_back)
        writing = not logbook.read_only
        for button in (self.back_up_button, self.drill_button, self.copy_button, self.add_button):
            button.setEnabled(writing)

    def title(self) -> str:
        """What the window's title bar says."""
        return _("Logbook")

    def on_shown(self) -> None:
        """Look at the places again."""
        self.on_person_changed()
        self.refresh()

    def on_person_changed(self) -> None:
        """Not everybody may see who did what, or take a copy along."""
        writing = not self._logbook.read_only
        allow(self._logbook, Action.CHOOSE_BACKUP_PLACES, self.add_button, sensible=writing)
        allow(self._logbook, Action.COPY_TO_STICK, self.copy_button, sensible=writing)
        self.activity_button.setEnabled(self._logbook.may(Action.SEE_ACTIVITY))
        self.this_card.show_rights()

    def refresh(self) -> None:
        """Look for backups off the window's thread: a drive may be slow."""
        if self._looking:
            return
        self._looking = True

        def look(_task: background.Task[Found]) -> Found:
            return self._backups.state(), self._backups.sets(), set_aside_files(self._logbook.path)

        background.run(look, done=self._show, failed=self._on_look_failed, receiver=self)

    def back_up(self) -> None:
        """Back up to all places now."""
        self.notice.hush()
        self.running.run(
            _("Backing up…"),
            lambda progress, cancelled: self._backups.back_up(
                force=True, progress=progress, cancelled=cancelled
            ),
            self._on_backed_up,
        )

    def drill(self) -> None:
        """Restore the newest backup on trial."""
        self.notice.hush()
        self.running.run(
            _("Restoring on trial…"),
            lambda progress, cancelled: self._backups.drill(progress=progress, cancelled=cancelled),
            self._on_drilled,
        )

    def copy_to(self, folder: Path) -> None:
        """Copy everything into one file in a folder."""
        self.notice.hush()
        self.running.run(
            _("Copying everything…"),
            lambda progress, cancelled: self._backups.copy_everything(
                folder, progress=progress, cancelled=cancelled
            ),
            self._on_copied,
        )

    def check(self) -> None:
        """Read every page, entry and photo of the logbook."""
        self.notice.hush()

        def work(progress: Progress, _cancelled: Cancelled) -> CheckResult:
            with self._logbook.second_connection() as other:
                return other.check(progress)

        self.running.run(_("Checking…"), work, self._on_checked)

    def save_guide(self, path: Path) -> None:
        """Write the page that tells how to restore."""
        try:
            save_restore_guide(self._logbook, path)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.notice.tell(
            _("“{name}” is written. Print it, and keep it with the backup drive.").format(name=path.name)
        )

    def add_place(self, folder: Path) -> None:
        """Back up to this folder too."""
        try:
            self._backups.add_place(folder)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.notice.tell(_("“{name}” is added. The next backup goes there too.").format(name=folder.name))
        self.refresh()

    def open_set(self, one: BackupSet) -> None:
        """Say what a backup lacks, and restore it when that is wished."""
        from dermlog.ui.backup.restore_dialog import RestoreDialog  # noqa: PLC0415 - opened by hand only

        dialog = RestoreDialog(self._backups, one, self.window())
        wanted = dialog.exec() and dialog.restore_wanted
        dialog.deleteLater()
        if wanted:
            self.restore_requested.emit(one)
        else:
            self.refresh()

    # -- laying out ---------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        safety = Card(_("How safe the records are"), trailing=self.light)
        safety.add(self.proven)
        safety.add(self.drilled)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.back_up_button, self.drill_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        safety.add_layout(buttons)
        safety.add(self.running)
        places = Card(
            _("Where backups go"), note=_("best two: here and on a drive"), trailing=self.add_button
        )
        places.add(self.place_table)
        places.add(
            Label(
                _(
                    "A network drive or a synchronised folder is fine for backups. What is stored there is "
                    "as readable as the logbook: locked when it is locked."
                ),
                role="small",
                wrap=True,
            )
        )
        left = QVBoxLayout()
        left.setSpacing(16)
        for card in (safety, places, self.this_card):
            left.addWidget(card)
        left.addStretch(1)
        sets = Card(_("Backups"), note=_("open one to see what it lacks, or to restore it"))
        sets.add(self.set_table, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        holder = QWidget()
        left.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(left)
        row.addWidget(ScrollArea(holder), 48)
        row.addWidget(sets, 52)
        self.page.addLayout(row, 1)

    def _make_places(self) -> RecordTable[BackupPlace]:
        table: RecordTable[BackupPlace] = RecordTable(
            [
                Column(_("Folder"), lambda place: place_cell(place, self._logbook.now()), stretch=1),
                Column("", lambda _place: Cell(_("Remove"), button=True), width=90, end=True),
            ],
            name=_("Where backups go"),
            header=False,
            row_height=50,
        )
        table.button_pressed.connect(lambda place, _column: self._on_drop(place))
        return table

    def _make_sets(self) -> RecordTable[BackupSet]:
        table: RecordTable[BackupSet] = RecordTable(
            [
                Column(_("Made"), made_there_cell, stretch=1),
                Column(_("Proof"), proof_cell, width=150),
                Column("", lambda _one: Cell(_("Open"), button=True), width=76, end=True),
            ],
            name=_("Backups"),
            empty=_("There is no backup yet."),
            row_height=50,
        )
        table.row_opened.connect(self.open_set)
        table.button_pressed.connect(lambda one, _column: self.open_set(one))
        return table

    # -- showing ------------------------------------------------------------------------------------------

    def _show(self, found: Found) -> None:
        self._looking = False
        state, sets, self._aside = found
        self.this_card.show_set_aside(there=bool(self._aside))
        self.light.show()
        self.light.set_text(light_text(state.light), TONES[state.light])
        self.proven.setText(state_sentence(state, self._logbook.now()))
        self.drilled.setText(drill_sentence(state))
        self.drilled.setVisible(state.light is not Light.SAMPLE)
        self.place_table.set_rows(state.places)
        self.place_table.fit_height()
        self.set_table.set_rows(sets)
        if self._logbook.soundness.found_damage and self.notice.isHidden():
            self._tell_damage(finding_sentence(CheckFinding.DAMAGED))

    def _on_look_failed(self, error: Exception) -> None:
        self._looking = False
        self._say_failure(error)

    def _say_failure(self, error: Exception) -> None:
        if not isinstance(error, DermlogError):
            raise error
        self.notice.tell(error.sentence, "danger")

    def _on_failed(self, sentence: str) -> None:
        self.notice.tell(sentence, "danger")
        self.refresh()

    def _on_stopped(self) -> None:
        self.notice.tell(_("Stopped. What was complete before is kept."))
        self.refresh()

    def _on_backed_up(self, done: BackupDone) -> None:
        if done.faults:
            from dermlog.backup_sentences import backup_sentence  # noqa: PLC0415 - rarely needed

            folder, fault = done.faults[0]
            self.notice.tell(backup_sentence(fault, folder.name), "caution")
        elif done.shrunk:
            self.notice.tell(
                _(
                    "This backup holds much less than the one before, so no old backup was removed. "
                    "Check the logbook, or restore the older backup."
                ),
                "caution",
            )
        else:
            places = ngettext(
                "Backed up to {n} place and read back.",
                "Backed up to {n} places and read back.",
                len(done.sets),
            )
            self.notice.tell(places.format(n=len(done.sets)))
        self.refresh()

    def _on_drilled(self, one: BackupSet) -> None:
        self.notice.tell(
            _("Restored on trial in {seconds} s: everything came back.").format(seconds=one.drill_seconds)
        )
        self.refresh()

    def _on_copied(self, path: Path) -> None:
        self.notice.tell(_("Everything is in “{name}”, and was read back.").format(name=path.name))

    def _on_checked(self, result: CheckResult) -> None:
        if result.ok:
            self.notice.tell(_("Every page, every entry and every photo is in order."))
            return
        told = " ".join(result.findings[:3])
        more = len(result.findings) - 3
        if more > 0:
            told += " " + ngettext("{n} more finding.", "{n} more findings.", more).format(n=more)
        self._tell_damage(told)

    def _tell_damage(self, words: str) -> None:
        self.notice.tell(words, "danger")
        if self._logbook.may(Action.RESTORE):
            # The logbook's own path stands for itself: save what it gives.
            self.notice.add_button(
                _("Save what can be read…"), lambda: self.restore_requested.emit(self._logbook.path)
            )

    # -- doing --------------------------------------------------------------------------------------------

    def _on_add(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Folder for backups"), str(Path.home()))
        if folder:
            self.add_place(Path(folder))

    def _on_copy(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Copy everything to"), str(Path.home()))
        if folder:
            self.copy_to(Path(folder))

    def _on_drop(self, place: BackupPlace) -> None:
        try:
            self._backups.drop_place(place.folder)
        except DermlogError as error:
            self.notice.tell(error.sentence, "caution")
            return
        self.notice.tell(_("No more backups go to this folder. What is there stays."))
        self.refresh()

    def _on_guide(self) -> None:
        name = _("How to restore {name}.pdf").format(name=self._logbook.path.stem)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("How to restore"), str(Path.home() / name), _("PDF (*.pdf)")
        )
        if chosen:
            self.save_guide(Path(chosen).with_suffix(".pdf"))

    def _on_take_back(self) -> None:
        newest = self._aside[0]
        if ask(
            self.window(),
            _("Undo a restore"),
            _("“{name}” takes its place again, and the present file is set aside.").format(name=newest.name),
            _("Take it back"),
            kind=Kind.DANGER,
        ):
            self.restore_requested.emit(newest)
