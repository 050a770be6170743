"""Nouns of a patient in an export: the person, consents, what was asked before, photos."""

from __future__ import annotations

from dermlog.domain.consent import ConsentKind, Signer
from dermlog.domain.draft import DraftKind
from dermlog.domain.patient import (
    AcneTreatment,
    Allergy,
    Condition,
    Drug,
    FitzpatrickType,
    Sex,
    TreatmentResponse,
)
from dermlog.domain.photo import PhotoView
from dermlog.storage.leaving.fields import Field, Noun, code, plain, record_id, reference, text
from dermlog.storage.leaving.kinds import Kind

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "HEIF")


def of_patient() -> Field:
    """The patient that a row belongs to."""
    return reference("patient_id", "patient", "The patient.")


PATIENT_NOUNS: tuple[Noun, ...] = (
    Noun(
        "patient",
        "A person with a chart number.",
        (
            record_id("Id of the patient."),
            text("chart_number", "Chart number of the clinic."),
            text("family_name", "Family name."),
            text("given_name", "Given name; may be empty."),
            plain("birth_date", Kind.DATE, "Date of birth.", optional=True),
            code("sex", "Sex as recorded.", Sex),
            code("fitzpatrick", "Fitzpatrick skin type.", FitzpatrickType, optional=True),
            text("phone", "Phone."),
            plain("allergies_asked", Kind.YES_NO, "Whether allergies were asked; false is not “none”."),
            plain("conditions_asked", Kind.YES_NO, "Whether conditions were asked; false is not “none”."),
            plain("drugs_asked", Kind.YES_NO, "Whether drugs were asked; false is not “none”."),
            text("note", "Note."),
        ),
        owner="id",
        order="number",
    ),
    Noun(
        "patient_flag",
        "One allergy, condition or drug of a patient.",
        (
            of_patient(),
            code("list", "Which list it stands in.", ("allergies", "conditions", "drugs")),
            code("kind", "What it is.", Allergy, Condition, Drug),
            plain("repeat", Kind.WHOLE, "Tells several of one kind apart, from 0."),
            plain("position", Kind.WHOLE, "Order within the list, from 0."),
            text("detail", "Detail, such as a dose or a date."),
        ),
        owner="patient_id",
        order="patient_id, list, position",
    ),
    Noun(
        "prior_treatment",
        "An acne treatment before.",
        (
            of_patient(),
            plain("position", Kind.WHOLE, "Order, from 0."),
            code("kind", "Class of treatment.", AcneTreatment),
            text("drug", "Drug, as told."),
            text("period", "When it was, as told."),
            code("response", "How it worked.", TreatmentResponse),
            text("stop_reason", "Why it was stopped."),
        ),
        owner="patient_id",
        order="patient_id, position",
    ),
    Noun(
        "consent",
        "A consent with its dates; a withdrawn one stays readable.",
        (
            record_id("Id of the consent."),
            of_patient(),
            code("kind", "What it is for.", ConsentKind),
            plain("given_on", Kind.DATE, "Day it was given."),
            code("signer", "Who signed.", Signer),
            text("form_version", "Version of the form."),
            text("note", "Note."),
            plain("withdrawn_on", Kind.DATE, "Day it was withdrawn.", optional=True),
        ),
        owner="patient_id",
    ),
    Noun(
        "restriction",
        "A patient whose entries are restricted.",
        (
            of_patient(),
            plain("at", Kind.MOMENT, "Since when."),
            reference("staff_id", "staff", "Who restricted it."),
            plain("until", Kind.DATE, "Until when; null: until somebody lifts it.", optional=True),
            text("reason", "Why."),
        ),
        owner="patient_id",
    ),
    Noun(
        "photo",
        "Facts about a picture. Its file is named in “pictures” of dermlog-export.json by sha256.",
        (
            record_id("Id of the photo."),
            of_patient(),
            reference("visit_id", "visit", "The visit it belongs to."),
            code("view", "View; right and left are the patient's own side turned to the camera.", PhotoView),
            text("sha256", "SHA-256 of the picture as it came from the camera, hexadecimal."),
            code("format", "Format it came in.", FORMATS),
            plain("width", Kind.WHOLE, "Width upright, in pixels."),
            plain("height", Kind.WHOLE, "Height upright, in pixels."),
            plain("byte_count", Kind.WHOLE, "Size as it came, in bytes."),
            plain("taken_at", Kind.LOCAL_MOMENT, "Time on the camera's clock.", optional=True),
            plain("taken_offset_minutes", Kind.WHOLE, "Its distance from UTC, in minutes.", optional=True),
            plain("added_at", Kind.MOMENT, "When it was added to the logbook."),
            text("file_name", "Name of the file it came from."),
            text("note", "Note."),
        ),
        owner="patient_id",
    ),
    Noun(
        "draft",
        "An entry begun and not yet recorded.",
        (
            reference("id", "visit", "Id of the visit it will become."),
            of_patient(),
            code("kind", "Which form it belongs to.", DraftKind),
            plain("on", Kind.DATE, "Day it is about."),
            text("content", "The form as it stands, as JSON of that form."),
            reference("saved_by", "staff", "Who typed it."),
            plain("saved_at", Kind.MOMENT, "When it was last saved."),
        ),
        owner="patient_id",
    ),
)
