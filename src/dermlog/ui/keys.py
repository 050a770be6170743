"""What the keys do, in words: the sheet behind F1."""

from __future__ import annotations

from dermlog.ui.kit.key_help import KeyGroup
from dermlog.wording import _


def key_groups() -> list[KeyGroup]:
    """What the keys do, in words."""
    everywhere = (
        (("Ctrl K",), _("Find a patient")),
        (("Ctrl S",), _("Save what is shown, a treatment as its draft")),
        (("Esc", "Alt ←"), _("Go back; what was typed stays as a draft")),
        (("Tab", "Shift Tab"), _("Next and previous control")),
        (("Enter",), _("Open the chosen row; in a history, show it as it was then")),
        (("Ctrl L",), _("Lock, where the logbook has passwords")),
        (("F1", "?"), _("This sheet")),
    )
    answers = (
        (("0", "–", "9"), _("Choose the answer of that number, and go on")),
        (("←", "→"), _("Choose the answer beside")),
        (("Backspace",), _("Take an answer back: not asked")),
        (("Ctrl 0",), _("Mark the side effects not asked yet as none")),
    )
    chart = (
        (("1", "–", "9"), _("Set the units of the chosen or the next point")),
        (("Del",), _("Remove the chosen point")),
        (("+", "−"), _("Half a unit more or less")),
        (("M",), _("Mirror on or off")),
        (("C",), _("Copy the chosen points to the other side")),
        (("U",), _("Unlink the chosen points from their mirror points")),
        (("Z",), _("Fill a zone with points")),
        (("T",), _("Choose a template")),
        (("Ctrl A",), _("Choose all points of this view")),
        (("F", "R", "L"), _("Turn the face: front, right, left")),
        (("↑", "↓", "←", "→"), _("Nudge the chosen points; without any, move the cross")),
        (("Enter",), _("Add a point at the cross, or choose the one there")),
        (("Tab",), _("Next point, then the next control")),
        (("Ctrl 0",), _("Show the whole face")),
        (("Ctrl Z", "Ctrl Y"), _("Undo, redo")),
        (("Alt 1", "–", "4"), _("Map, checks, skin, photos")),
        (("Ctrl Enter",), _("Sign the treatment")),
    )
    return [
        KeyGroup(_("Everywhere"), everywhere),
        KeyGroup(_("Questions"), answers),
        KeyGroup(_("Face map"), chart),
    ]
