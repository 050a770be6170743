"""Nouns of the clinic in an export: letterhead, staff, products, vials, templates, house rules."""

from __future__ import annotations

from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.screening import Level, ScreeningRule
from dermlog.domain.session import Diluent, Technique
from dermlog.domain.staff import Role
from dermlog.storage.leaving.fields import Noun, code, plain, record_id, reference, text
from dermlog.storage.leaving.kinds import Kind

CLINIC_NOUNS: tuple[Noun, ...] = (
    Noun(
        "clinic",
        "The letterhead of the clinic and its habits. One row.",
        (
            plain("only", Kind.WHOLE, "Always 1: there is one clinic."),
            text("name", "Name of the clinic."),
            text("address", "Address, as printed."),
            text("phone", "Phone, as printed."),
            text("doctor", "The doctor named on the printed page."),
            plain(
                "follow_up_weeks", Kind.WHOLES, "Weeks after a session at which the patient is asked back."
            ),
            plain("is_sample", Kind.YES_NO, "True for a sample logbook with invented patients."),
            plain("shares_vials", Kind.YES_NO, "Whether what is left of a vial may go to the next patient."),
        ),
    ),
    Noun(
        "staff",
        "Who may write in the logbook. Passwords and keys are not exported.",
        (
            record_id("Id of the member of staff."),
            text("name", "Name."),
            code("role", "What the person may do.", Role),
            plain("active", Kind.YES_NO, "False for somebody who has left."),
        ),
    ),
    Noun(
        "product",
        "A botulinum toxin preparation. Units belong to a product and compare with no other.",
        (
            record_id("Id of the product."),
            text("generic", "Generic name."),
            text("brand", "Brand name."),
            plain("vial_units", Kind.NUMBERS, "Vial sizes, in units of this product."),
            plain(
                "has_cow_milk_protein",
                Kind.YES_NO,
                "Contains cow's-milk protein; null: not stated.",
                optional=True,
            ),
            plain("has_albumin", Kind.YES_NO, "Contains human albumin; null: not stated.", optional=True),
            plain("minimum_interval_days", Kind.WHOLE, "Shortest interval between sessions, in days."),
            plain(
                "usual_diluent_ml", Kind.DECIMAL, "Diluent the clinic adds to a vial, in mL.", optional=True
            ),
            text("labelled_reconstitution", "What the label says about mixing."),
            plain("hours_of_use", Kind.WHOLE, "Hours a mixed vial may be used.", optional=True),
            text("label_source", "Where the facts of the label come from."),
            plain("label_date", Kind.DATE, "Date of that source.", optional=True),
            plain("retired", Kind.YES_NO, "No longer offered for new sessions."),
        ),
    ),
    Noun(
        "vial",
        "A vial that was opened.",
        (
            record_id("Id of the vial."),
            reference("product_id", "product", "The product in it."),
            text("lot", "Lot number."),
            plain("expiry", Kind.DATE, "Last day it may be used."),
            plain("units", Kind.DECIMAL, "Units of its product in one vial."),
            plain("diluent_ml", Kind.DECIMAL, "Diluent added to one vial, in mL."),
            code("diluent", "What it was mixed with.", Diluent),
            plain("count", Kind.WHOLE, "How many vials were mixed alike and used as one."),
            plain("mixed_at", Kind.MOMENT, "When it was mixed.", optional=True),
            plain("use_by", Kind.MOMENT, "Until when it may be used.", optional=True),
            plain("shared", Kind.YES_NO, "What is left may go to a later session."),
        ),
    ),
    Noun(
        "session_template",
        "A pattern of points that the clinic uses again.",
        (
            record_id("Id of the template."),
            text("name", "Name of the template."),
            reference("product_id", "product", "The product its units belong to."),
            plain("vial_units", Kind.DECIMAL, "Units of the product in the vial."),
            plain("diluent_ml", Kind.DECIMAL, "Diluent, in mL.", optional=True),
            code("diluent", "What the vial is mixed with.", Diluent),
            code("technique", "How the product is brought in.", Technique),
            plain("needle_gauge", Kind.WHOLE, "Gauge of the needle.", optional=True),
            plain("map_version", Kind.WHOLE, "Version of the face map that x and y belong to."),
        ),
    ),
    Noun(
        "template_site",
        "One point of a template.",
        (
            record_id("Id of the point."),
            reference("template_id", "session_template", "The template."),
            plain("position", Kind.WHOLE, "Order within the template, from 0."),
            code("view", "View of the face map; right and left are the patient's own.", FaceView),
            plain("x", Kind.FRACTION, "Place from the left edge of the view, as a fraction of its width."),
            plain("y", Kind.FRACTION, "Place from the upper edge of the view, as a fraction of its height."),
            code("zone", "Zone of the face.", Zone),
            plain("units", Kind.DECIMAL, "Units of the product of the template."),
            code("depth", "Depth of the injection.", Technique),
        ),
    ),
    Noun(
        "screening_rule",
        "Rules before the needle that the clinic has changed; the others are as dermlog proposes.",
        (
            code("rule", "Which rule.", ScreeningRule),
            code("level", "Whether it stops, warns, or is off.", Level),
        ),
        order="rule",
    ),
    Noun(
        "screening_question",
        "Questions before the needle that the clinic has added.",
        (
            record_id("Id of the question."),
            text("text", "The question."),
            code("level", "What a yes does.", Level),
        ),
    ),
    Noun(
        "clinic_rule",
        "House rules, where the clinic has chosen them. At most one row.",
        (
            plain("only", Kind.WHOLE, "Always 1."),
            plain("idle_lock_minutes", Kind.WHOLE, "Minutes without a key or click until it locks."),
            plain(
                "retention_years", Kind.WHOLE, "Years records are kept after the last entry.", optional=True
            ),
        ),
    ),
)
