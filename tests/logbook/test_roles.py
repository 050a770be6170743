"""T17: every role, every action, locked and unlocked, asked of the doors below the windows.

The matrix is written out here by hand; the program's own table is not asked what is right.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from dermlog.domain.clinic import Clinic
from dermlog.domain.clinic_rule import ClinicRules
from dermlog.domain.file_fault import Refusal
from dermlog.domain.identity import new_id
from dermlog.domain.key_fault import KeyFault
from dermlog.domain.patient import Patient
from dermlog.domain.permission import Action
from dermlog.domain.photo import PhotoView
from dermlog.domain.product import Product
from dermlog.domain.recovery import RecoveryCode
from dermlog.domain.screening import Level, ScreeningRule
from dermlog.domain.session import InjectionSession
from dermlog.domain.side_effect import WarningSign
from dermlog.domain.staff import Role, Staff
from dermlog.domain.visit import Visit
from dermlog.errors import DermlogError, NotAllowed, NotUnlocked
from dermlog.logbook import Logbook, Unlocked
from tests.makers import (
    StillClock,
    make_consent,
    make_draft,
    make_patient,
    make_prepared,
    make_session,
    make_template,
    make_vial,
    make_visit,
)

KEY = bytes(range(32))
CODE = RecoveryCode(bytes(16))
PEOPLE = {role: Staff(role.value, role, id=UUID(int=number)) for number, role in enumerate(Role, start=1)}
BY_ROLE = {Refusal.MAY_NOT_SIGN, Refusal.MAY_NOT_WRITE, Refusal.CLINICIANS_ONLY, Refusal.OWNERS_ONLY}

# Which letters stand for whom: owner, clinician, assistant, viewer.
MATRIX = {
    Action.VIEW: "ocav",
    Action.SEARCH: "ocav",
    Action.SEE_HISTORY: "ocav",
    Action.SEE_ACTIVITY: "oc",
    Action.SEE_RESTRICTED: "o",
    Action.SAVE_PATIENT: "oca",
    Action.RECORD_CONSENT: "oca",
    Action.RECORD_VISIT: "oca",
    Action.SAVE_DRAFT: "oca",
    Action.DISCARD_DRAFT: "oca",
    Action.ADD_PHOTO: "oca",
    Action.CHANGE_PHOTO: "oca",
    Action.REMOVE_PHOTO: "oca",
    Action.OPEN_VIAL: "oca",
    Action.SIGN_SESSION: "oc",
    Action.AMEND_SESSION: "oc",
    Action.VOID_SESSION: "oc",
    Action.MOVE_SESSION: "oc",
    Action.REVIEW_SESSION: "oc",
    Action.ACKNOWLEDGE_WARNING: "oc",
    Action.PRINT_REPORT: "ocav",
    Action.PRINT_RECORD: "ocav",
    Action.PRINT_CALL_LIST: "oca",
    Action.EXPORT_PATIENT: "oc",
    Action.EXPORT_EVERYTHING: "o",
    Action.IMPORT_PATIENTS: "oc",
    Action.EDIT_LETTERHEAD: "oc",
    Action.EDIT_PRODUCTS: "oc",
    Action.EDIT_TEMPLATES: "oc",
    Action.EDIT_SCREENING: "oc",
    Action.EDIT_CLINIC_RULES: "o",
    Action.MANAGE_STAFF: "o",
    Action.SET_OWN_PASSWORD: "ocav",
    Action.SET_OTHERS_PASSWORD: "o",
    Action.CHANGE_CLINIC_KEY: "o",
    Action.PRINT_RECOVERY_SHEET: "o",
    Action.BACK_UP: "ocav",
    Action.CHOOSE_BACKUP_PLACES: "oc",
    Action.COPY_TO_STICK: "oc",
    Action.RESTORE: "oc",
    Action.CHECK_FILE: "ocav",
    Action.RESTRICT_PATIENT: "o",
    Action.ERASE_PATIENT: "o",
}
LETTERS = {Role.OWNER: "o", Role.CLINICIAN: "c", Role.ASSISTANT: "a", Role.VIEWER: "v"}


@dataclass
class Scene:
    """A logbook with one of everything; what a call uses up is made anew by the owner."""

    logbook: Logbook
    patient: Patient
    restricted: Patient
    product: Product
    nowhere: Path

    def signed(self) -> InjectionSession:
        """A session that an owner has signed."""
        visit = make_visit(self.patient, recorded_by=PEOPLE[Role.OWNER].id)
        session = make_session(visit, self.product, injector_id=PEOPLE[Role.OWNER].id)
        return self.logbook.sessions.sign(visit, session)

    def visit(self, **changes: Any) -> Visit:
        """A visit that is not saved yet."""
        return make_visit(self.patient, recorded_by=PEOPLE[Role.OWNER].id, **changes)


Call = Callable[[], object]


def call_for(action: Action, scene: Scene) -> Call:  # noqa: PLR0911, PLR0912 - one line for each action
    """The door of an action, with all that it needs prepared."""
    book, patient = scene.logbook, scene.patient
    own = Unlocked(KEY, CODE, None)
    match action:
        case Action.VIEW:
            return lambda: book.patients.get(patient.id)
        case Action.SEARCH:
            return lambda: book.patients.search("lind")
        case Action.SEE_HISTORY:
            return lambda: book.history.of_patient(patient.id)
        case Action.SEE_ACTIVITY:
            return book.activity.page
        case Action.SEE_RESTRICTED:
            return lambda: book.patients.get(scene.restricted.id)
        case Action.SAVE_PATIENT:
            return lambda: book.patients.save(make_patient())
        case Action.RECORD_CONSENT:
            return lambda: book.consents.save(make_consent(patient))
        case Action.RECORD_VISIT:
            return lambda: book.visits.save(scene.visit())
        case Action.SAVE_DRAFT:
            return lambda: book.drafts.save(make_draft(patient))
        case Action.DISCARD_DRAFT:
            draft = make_draft(patient)
            book.drafts.save(draft)
            return lambda: book.drafts.discard(draft.id)
        case Action.ADD_PHOTO | Action.CHANGE_PHOTO | Action.REMOVE_PHOTO:
            visit = scene.visit()
            book.visits.save(visit)
            prepared = make_prepared(new_id().bytes)
            if action is Action.ADD_PHOTO:
                return lambda: book.photos.add(patient.id, visit.id, prepared, PhotoView.FRONT)
            photo = book.photos.add(patient.id, visit.id, prepared, PhotoView.FRONT)
            if action is Action.REMOVE_PHOTO:
                return lambda: book.photos.remove(photo.id)
            return lambda: book.photos.save(replace(photo, note="crooked"))
        case Action.OPEN_VIAL:
            return lambda: book.vials.save(make_vial(scene.product))
        case Action.SIGN_SESSION:
            visit = scene.visit()
            return lambda: book.sessions.sign(visit, make_session(visit, scene.product))
        case Action.AMEND_SESSION:
            session = scene.signed()
            return lambda: book.sessions.amend(replace(session, lot="C9999"), "typing error")
        case Action.VOID_SESSION:
            session = scene.signed()
            return lambda: book.sessions.void(session.id, "wrong patient")
        case Action.MOVE_SESSION:
            session, there = scene.signed(), make_patient()
            book.patients.save(there)
            return lambda: book.sessions.move(session.id, there.id, "wrong patient")
        case Action.REVIEW_SESSION:
            session = scene.signed()
            return lambda: book.sessions.review(session.id)
        case Action.ACKNOWLEDGE_WARNING:
            visit = scene.visit(warning_signs=(WarningSign.SWALLOWING,))
            book.visits.save(visit)
            return lambda: book.visits.acknowledge(visit.id)
        case Action.PRINT_REPORT:
            return lambda: book.report_pdf(patient.id)
        case Action.PRINT_RECORD:
            session = scene.signed()
            return lambda: book.injection_record(session.id)
        case Action.EXPORT_PATIENT:
            return lambda: book.leaving.export_patient(patient.id, scene.nowhere / "one.zip")
        case Action.EXPORT_EVERYTHING:
            return lambda: book.leaving.export_everything(scene.nowhere / "all.zip")
        case Action.EDIT_LETTERHEAD:
            return lambda: book.clinic.save(Clinic(name="Skin Clinic"))
        case Action.EDIT_PRODUCTS:
            return lambda: book.products.save(scene.product)
        case Action.EDIT_TEMPLATES:
            return lambda: book.templates.save(make_template(scene.product, name=str(new_id())))
        case Action.EDIT_SCREENING:
            return lambda: book.screening_rules.set_level(ScreeningRule.PREGNANCY, Level.STOP)
        case Action.EDIT_CLINIC_RULES:
            return lambda: book.clinic_rules.save(ClinicRules())
        case Action.MANAGE_STAFF:
            return lambda: book.staff.save(Staff("New", Role.ASSISTANT))
        case Action.SET_OWN_PASSWORD:
            return lambda: book.keys.set_password(book.me.id, "short", own)
        case Action.SET_OTHERS_PASSWORD:
            others = [member.id for member in PEOPLE.values() if member.role is Role.VIEWER]
            other = others[0] if book.me.id not in others else PEOPLE[Role.OWNER].id
            return lambda: book.keys.set_password(other, "short", own)
        case Action.CHANGE_CLINIC_KEY:
            return lambda: book.keys.change_clinic_key(own)
        case Action.PRINT_RECOVERY_SHEET:
            return lambda: book.keys.recovery_sheet(CODE)
        case Action.BACK_UP:
            return lambda: book.backups.back_up(cancelled=lambda: True)
        case Action.CHOOSE_BACKUP_PLACES:
            return lambda: book.backups.add_place(scene.nowhere)
        case Action.COPY_TO_STICK:
            return lambda: book.backups.copy_everything(scene.nowhere)
        case Action.CHECK_FILE:
            return lambda: book.check(photos=())
        case Action.RESTRICT_PATIENT:
            whom = make_patient()
            book.patients.save(whom)
            return lambda: book.erasing.restrict(whom.id, "asked to")
        case Action.ERASE_PATIENT:
            return lambda: book.erasing.plan(patient.id)
        case Action.IMPORT_PATIENTS:
            return lambda: book.patient_lists.add((), source="list.csv")
        case Action.PRINT_CALL_LIST | Action.RESTORE:
            # Made or chosen outside the logbook, which is asked before.
            return lambda: book.require(action)


def outcome(call: Call) -> str:
    """What came of a call: refused by the role, locked, or through (whatever else was wrong with it)."""
    try:
        call()
    except NotAllowed as error:
        return "refused" if error.refusal in {*BY_ROLE, Refusal.RESTRICTED} else "through"
    except NotUnlocked as error:
        return "locked" if error.fault is KeyFault.LOCKED else "through"
    except DermlogError:
        return "through"
    return "through"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One encrypted logbook for all: what one test writes does not matter to another."""
    folder = tmp_path_factory.mktemp("roles")
    logbook = Logbook.create(
        folder / "Clinic.dermlog", Clinic(name="Skin Clinic"), PEOPLE.values(), key=KEY, clock=StillClock()
    )
    patient, restricted = make_patient(), make_patient()
    logbook.patients.save(patient)
    logbook.patients.save(restricted)
    logbook.erasing.restrict(restricted.id, "asked to")
    yield Scene(logbook, patient, restricted, logbook.products.all()[0], folder / "nowhere")
    logbook.close()


def test_the_matrix_names_every_action_and_every_role() -> None:
    assert set(MATRIX) == set(Action)
    assert set(LETTERS) == set(Role)
    assert len(Action) * len(Role) * 2 >= 200


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
@pytest.mark.parametrize("action", list(Action), ids=lambda action: action.value)
def test_a_role_may_exactly_what_the_matrix_says(action: Action, role: Role, scene: Scene) -> None:
    logbook, expected = scene.logbook, LETTERS[role] in MATRIX[action]
    logbook.act_as(PEOPLE[Role.OWNER].id)
    call = call_for(action, scene)
    logbook.act_as(PEOPLE[role].id)
    if action is Action.SET_OTHERS_PASSWORD:
        call = call_for(action, scene)
    assert logbook.may(action) is expected
    assert bool(logbook.why_not(action)) is not expected
    assert outcome(call) == ("through" if expected else "refused")


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_while_it_is_locked_nobody_may_do_anything(role: Role, scene: Scene) -> None:
    logbook = scene.logbook
    logbook.act_as(PEOPLE[Role.OWNER].id)
    calls = {action: call_for(action, scene) for action in Action}
    logbook.act_as(PEOPLE[role].id)
    # These ask who acts before they are called, as their windows do.
    me = logbook.me.id
    calls[Action.SET_OWN_PASSWORD] = lambda: logbook.keys.set_password(me, "short", Unlocked(KEY, CODE, None))
    calls[Action.SET_OTHERS_PASSWORD] = call_for(Action.SET_OTHERS_PASSWORD, scene)
    logbook.lock()
    try:
        assert {action: outcome(call) for action, call in calls.items()} == dict.fromkeys(Action, "locked")
        assert not [action for action in Action if logbook.may(action)]
    finally:
        logbook.unlock(Unlocked(KEY, CODE, PEOPLE[role].id))
    assert logbook.me.role is role


def test_who_has_left_may_only_look(scene: Scene) -> None:
    logbook = scene.logbook
    logbook.act_as(PEOPLE[Role.OWNER].id)
    gone = Staff("Gone", Role.OWNER)
    logbook.staff.save(gone)
    logbook.staff.save(replace(gone, active=False))
    logbook.act_as(gone.id)
    assert [action for action in Action if logbook.may(action)] == [
        action for action in Action if "v" in MATRIX[action]
    ]


def test_in_a_clinic_without_an_owner_a_clinician_stands_in(tmp_path: Path) -> None:
    doctor, nurse = Staff("Dr Sato", Role.CLINICIAN), Staff("Ana", Role.ASSISTANT)
    with Logbook.create(tmp_path / "Clinic.dermlog", Clinic(), [doctor, nurse]) as logbook:
        assert all(logbook.may(action) for action in Action)
        logbook.act_as(nurse.id)
        assert not logbook.may(Action.MANAGE_STAFF)
        logbook.act_as(doctor.id)
        logbook.staff.save(Staff("Dr Berg", Role.OWNER))
        logbook.act_as(doctor.id)
        assert not logbook.may(Action.MANAGE_STAFF)


def test_a_file_open_for_viewing_takes_no_writing(tmp_path: Path) -> None:
    Logbook.create(tmp_path / "Clinic.dermlog", Clinic(), [PEOPLE[Role.OWNER]]).close()
    with Logbook.open(tmp_path / "Clinic.dermlog", viewing=True) as logbook:
        assert logbook.may(Action.PRINT_REPORT)
        assert not logbook.may(Action.SAVE_PATIENT)
        assert logbook.why_not(Action.SAVE_PATIENT) == logbook.read_only_reason


# They ask by another way: the first is only a look, the second and third hold what asks for itself.
ASKING_OTHERWISE = {
    "PatientTable.note_opened",
    "AccessTable.together",
    "Logbook.in_one_step",
    "Database.erasing",
}


def test_no_door_writes_without_asking() -> None:
    """Every public method that begins a step asks the table first, or hands on to one that does."""
    rooms = Path(__file__).parents[2] / "src" / "dermlog"
    silent = set()
    for path in (*(rooms / "storage").rglob("*.py"), *(rooms / "logbook").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for kind in [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]:
            for door in kind.body:
                if isinstance(door, ast.FunctionDef) and not door.name.startswith("_"):
                    text = ast.unparse(door)
                    if ".atomic(" in text and "require(" not in text and "Table(database)" not in text:
                        silent.add(f"{kind.name}.{door.name}")
    assert silent - ASKING_OTHERWISE == set()
