"""Permission: who may do what. The one table; Database.require() asks it, and screens ask logbook.may()."""

from __future__ import annotations

from enum import Enum

from dermlog.domain.staff import Role


class Action(Enum):
    """Something that a member of staff may be refused."""

    # looking
    VIEW = "view"
    SEARCH = "search"
    SEE_HISTORY = "see_history"
    SEE_ACTIVITY = "see_activity"
    SEE_RESTRICTED = "see_restricted"
    # recording
    SAVE_PATIENT = "save_patient"
    RECORD_CONSENT = "record_consent"
    RECORD_VISIT = "record_visit"
    SAVE_DRAFT = "save_draft"
    DISCARD_DRAFT = "discard_draft"
    ADD_PHOTO = "add_photo"
    CHANGE_PHOTO = "change_photo"
    REMOVE_PHOTO = "remove_photo"
    OPEN_VIAL = "open_vial"
    # answering for a treatment
    SIGN_SESSION = "sign_session"
    AMEND_SESSION = "amend_session"
    VOID_SESSION = "void_session"
    MOVE_SESSION = "move_session"
    REVIEW_SESSION = "review_session"
    ACKNOWLEDGE_WARNING = "acknowledge_warning"
    # taking out
    PRINT_REPORT = "print_report"
    PRINT_RECORD = "print_record"
    PRINT_CALL_LIST = "print_call_list"
    EXPORT_PATIENT = "export_patient"
    EXPORT_EVERYTHING = "export_everything"
    IMPORT_PATIENTS = "import_patients"
    # the clinic
    EDIT_LETTERHEAD = "edit_letterhead"
    EDIT_PRODUCTS = "edit_products"
    EDIT_TEMPLATES = "edit_templates"
    EDIT_SCREENING = "edit_screening"
    EDIT_CLINIC_RULES = "edit_clinic_rules"
    MANAGE_STAFF = "manage_staff"
    # keys
    SET_OWN_PASSWORD = "set_own_password"  # noqa: S105 - the name of an action, not a password
    SET_OTHERS_PASSWORD = "set_others_password"  # noqa: S105 - as above
    CHANGE_CLINIC_KEY = "change_clinic_key"
    PRINT_RECOVERY_SHEET = "print_recovery_sheet"
    # the file
    BACK_UP = "back_up"
    CHOOSE_BACKUP_PLACES = "choose_backup_places"
    COPY_TO_STICK = "copy_to_stick"
    RESTORE = "restore"
    CHECK_FILE = "check_file"
    # the right to be forgotten
    RESTRICT_PATIENT = "restrict_patient"
    ERASE_PATIENT = "erase_patient"


_EVERYBODY = frozenset(Role)
_WRITERS = frozenset({Role.OWNER, Role.CLINICIAN, Role.ASSISTANT})
_CLINICIANS = frozenset({Role.OWNER, Role.CLINICIAN})
_OWNERS = frozenset({Role.OWNER})

_TABLE: dict[Action, frozenset[Role]] = {
    Action.VIEW: _EVERYBODY,
    Action.SEARCH: _EVERYBODY,
    Action.SEE_HISTORY: _EVERYBODY,
    Action.SEE_ACTIVITY: _CLINICIANS,
    Action.SEE_RESTRICTED: _OWNERS,
    Action.SAVE_PATIENT: _WRITERS,
    Action.RECORD_CONSENT: _WRITERS,
    Action.RECORD_VISIT: _WRITERS,
    Action.SAVE_DRAFT: _WRITERS,
    Action.DISCARD_DRAFT: _WRITERS,
    Action.ADD_PHOTO: _WRITERS,
    Action.CHANGE_PHOTO: _WRITERS,
    Action.REMOVE_PHOTO: _WRITERS,
    Action.OPEN_VIAL: _WRITERS,
    Action.SIGN_SESSION: _CLINICIANS,
    Action.AMEND_SESSION: _CLINICIANS,
    Action.VOID_SESSION: _CLINICIANS,
    Action.MOVE_SESSION: _CLINICIANS,
    Action.REVIEW_SESSION: _CLINICIANS,
    Action.ACKNOWLEDGE_WARNING: _CLINICIANS,
    Action.PRINT_REPORT: _EVERYBODY,
    Action.PRINT_RECORD: _EVERYBODY,
    Action.PRINT_CALL_LIST: _WRITERS,
    Action.EXPORT_PATIENT: _CLINICIANS,
    Action.EXPORT_EVERYTHING: _OWNERS,
    Action.IMPORT_PATIENTS: _CLINICIANS,
    Action.EDIT_LETTERHEAD: _CLINICIANS,
    Action.EDIT_PRODUCTS: _CLINICIANS,
    Action.EDIT_TEMPLATES: _CLINICIANS,
    Action.EDIT_SCREENING: _CLINICIANS,
    Action.EDIT_CLINIC_RULES: _OWNERS,
    Action.MANAGE_STAFF: _OWNERS,
    Action.SET_OWN_PASSWORD: _EVERYBODY,
    Action.SET_OTHERS_PASSWORD: _OWNERS,
    Action.CHANGE_CLINIC_KEY: _OWNERS,
    Action.PRINT_RECOVERY_SHEET: _OWNERS,
    Action.BACK_UP: _EVERYBODY,
    Action.CHOOSE_BACKUP_PLACES: _CLINICIANS,
    Action.COPY_TO_STICK: _CLINICIANS,
    Action.RESTORE: _CLINICIANS,
    Action.CHECK_FILE: _EVERYBODY,
    Action.RESTRICT_PATIENT: _OWNERS,
    Action.ERASE_PATIENT: _OWNERS,
}

_LEAVES_FILE_ALONE = frozenset(
    {
        *(Action.VIEW, Action.SEARCH, Action.SEE_HISTORY, Action.SEE_ACTIVITY, Action.SEE_RESTRICTED),
        *(Action.PRINT_REPORT, Action.PRINT_RECORD, Action.PRINT_CALL_LIST, Action.PRINT_RECOVERY_SHEET),
        *(Action.EXPORT_PATIENT, Action.EXPORT_EVERYTHING, Action.BACK_UP, Action.COPY_TO_STICK),
        *(Action.CHECK_FILE, Action.CHOOSE_BACKUP_PLACES, Action.RESTORE),
    }
)
"""What can be done with a file that is open for viewing only."""


def may(role: Role, action: Action) -> bool:
    """Whether somebody of this role may do this."""
    return role in _TABLE[action]


def who_may(action: Action) -> frozenset[Role]:
    """The roles that may do this."""
    return _TABLE[action]


def writes(action: Action) -> bool:
    """Whether this needs a file that is open for writing."""
    return action not in _LEAVES_FILE_ALONE
