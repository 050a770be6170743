"""Nouns of a visit in an export: scores, side effects, warning signs, injection sessions with their sites."""

from __future__ import annotations

from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.instrument import Instrument, Rater, Variant
from dermlog.domain.screening import Answer, ScreeningRule
from dermlog.domain.session import Diluent, SigningMeaning, Technique
from dermlog.domain.side_effect import BodySide, SideEffectTerm, WarningSign, WeaknessPlace
from dermlog.domain.visit import VisitMode, VisitState
from dermlog.storage.leaving.fields import Field, Noun, code, plain, record_id, reference, text
from dermlog.storage.leaving.kinds import Kind
from dermlog.storage.leaving.patient_nouns import of_patient


def _of_visit() -> Field:
    return reference("visit_id", "visit", "The visit.")


def _of_session() -> Field:
    return reference("session_id", "injection_session", "The session.")


VISIT_NOUNS: tuple[Noun, ...] = (
    Noun(
        "visit",
        "One entry in the logbook, on one day.",
        (
            record_id("Id of the visit."),
            of_patient(),
            plain("on", Kind.DATE, "Day of the visit."),
            reference("recorded_by", "staff", "Who recorded it."),
            plain("entered_at", Kind.MOMENT, "When it was typed."),
            code("mode", "How the patient was seen.", VisitMode),
            plain(
                "warning_signs_asked", Kind.YES_NO, "Whether warning signs were asked; false is not “none”."
            ),
            text("note", "Note."),
            code("state", "A draft is unfinished; a void visit is kept and counts nowhere.", VisitState),
        ),
        owner="patient_id",
    ),
    Noun(
        "visit_warning_sign",
        "A warning sign that was present.",
        (
            _of_visit(),
            code("sign", "Which sign.", WarningSign),
            plain("position", Kind.WHOLE, "Order, from 0."),
        ),
        owner="visit_id",
        order="visit_id, position",
    ),
    Noun(
        "acknowledgement",
        "A doctor has seen the warning signs of a visit.",
        (
            _of_visit(),
            reference("staff_id", "staff", "The doctor."),
            plain("at", Kind.MOMENT, "When."),
            text("note", "Note."),
        ),
        owner="visit_id",
    ),
    Noun(
        "score",
        "One value of one instrument at one place; only equal instruments, variants and places compare.",
        (
            _of_visit(),
            code("instrument", "What was measured.", Instrument),
            code("rater", "Who or what gave the value.", Rater),
            code("variant", "Which form of the instrument.", Variant),
            code("zone", "Zone of the face; empty for the whole face.", Zone, blank=True),
            text("device", "Device, for measured values."),
            plain(
                "value",
                Kind.DECIMAL,
                "The value: a grade, a count, 0–10 for satisfaction; sebum in µg/cm² (sebum_casual) or "
                "µg/cm²/min (sebum_excretion).",
            ),
            plain("position", Kind.WHOLE, "Order, from 0."),
        ),
        owner="visit_id",
        order="visit_id, position",
    ),
    Noun(
        "side_effect",
        "One reaction as asked about. No row is “not asked”; severity 0 is asked and none.",
        (
            _of_visit(),
            code("term", "What was asked about.", SideEffectTerm),
            code("place", "Which muscle is weak.", WeaknessPlace, blank=True),
            code("side", "Which side, the patient's own.", BodySide, blank=True),
            text("label", "What it was, where the term is “other”."),
            plain("severity", Kind.WHOLE, "0 none, 1 mild, 2 moderate, 3 severe."),
            plain("began", Kind.DATE, "Day it began.", optional=True),
            plain("ended", Kind.DATE, "Day it was gone.", optional=True),
            text("action", "What was done."),
            plain("position", Kind.WHOLE, "Order, from 0."),
        ),
        owner="visit_id",
        order="visit_id, position",
    ),
    Noun(
        "injection_session",
        "What was injected at a visit; each amendment is a further row that names the one it replaces.",
        (
            record_id("Id of this version of the session."),
            of_patient(),
            _of_visit(),
            plain("performed_on", Kind.DATE, "Day of the injection."),
            reference("product_id", "product", "The product; all units are units of it."),
            text("lot", "Lot number of the vial."),
            plain("expiry", Kind.DATE, "Last day the vial may be used."),
            plain("vial_units", Kind.DECIMAL, "Units of the product in one vial."),
            plain("diluent_ml", Kind.DECIMAL, "Diluent in one vial, in mL."),
            reference("injector_id", "staff", "Who injected."),
            code("diluent", "What the vial was mixed with.", Diluent),
            code("technique", "How the product was brought in.", Technique),
            plain("needle_gauge", Kind.WHOLE, "Gauge of the needle.", optional=True),
            plain("vials", Kind.WHOLE, "How many vials were opened."),
            text("note", "Note."),
            text("anaesthesia", "Anaesthesia."),
            reference("prescriber_id", "staff", "Who prescribed it.", optional=True),
            reference("supervisor_id", "staff", "Who supervised it.", optional=True),
            plain(
                "aftercare_given",
                Kind.YES_NO,
                "Whether aftercare was explained; null: not stated.",
                optional=True,
            ),
            text("immediate_reaction", "What was seen at once."),
            text("reason", "Why it was planned so."),
            reference("vial_id", "vial", "The opened vial.", optional=True),
            plain(
                "wasted_units",
                Kind.DECIMAL,
                "Units of the product thrown away; null: not stated.",
                optional=True,
            ),
            plain("map_version", Kind.WHOLE, "Version of the face map that x and y belong to."),
            plain("version", Kind.WHOLE, "1 for the first version, then counting up."),
            reference("replaces", "injection_session", "The version it replaces.", optional=True),
            text("amendment_reason", "Why it was amended."),
            reference("signed_by", "staff", "Who signed.", optional=True),
            plain("signed_at", Kind.MOMENT, "When it was signed.", optional=True),
            code("signed_as", "What the signature stands for.", SigningMeaning, optional=True),
        ),
        owner="patient_id",
    ),
    Noun(
        "injection_site",
        "One injected point.",
        (
            record_id("Id of the point."),
            _of_session(),
            plain("position", Kind.WHOLE, "Order within the session, from 0."),
            code("view", "View of the face map; right and left are the patient's own.", FaceView),
            plain("x", Kind.FRACTION, "Place from the left edge of the view, as a fraction of its width."),
            plain("y", Kind.FRACTION, "Place from the upper edge of the view, as a fraction of its height."),
            code("zone", "Zone of the face.", Zone),
            plain("units", Kind.DECIMAL, "Units of the product of the session."),
            code("depth", "Depth of the injection.", Technique),
            text("note", "Note."),
        ),
        owner="session_id",
        order="session_id, position",
    ),
    Noun(
        "session_review",
        "A further signature under a session.",
        (
            _of_session(),
            reference("staff_id", "staff", "Who reviewed it."),
            plain("at", Kind.MOMENT, "When."),
        ),
        owner="session_id",
        order="session_id, staff_id",
    ),
    Noun(
        "session_void",
        "A session declared void; every word of it stays.",
        (
            _of_session(),
            reference("staff_id", "staff", "Who declared it void."),
            plain("at", Kind.MOMENT, "When."),
            text("reason", "Why."),
            reference(
                "moved_to", "injection_session", "The session that took its place elsewhere.", optional=True
            ),
        ),
        owner="session_id",
    ),
    Noun(
        "screening_answer",
        "How a question before the needle was answered.",
        (
            _of_session(),
            plain("position", Kind.WHOLE, "Order, from 0."),
            text("item", "The question: a code of dermlog, or the words of the clinic's own question."),
            code("answer", "The answer.", Answer),
            text("note", "Note."),
        ),
        owner="session_id",
        order="session_id, position",
    ),
    Noun(
        "screening_override",
        "A rule that was passed over, and why.",
        (
            _of_session(),
            plain("position", Kind.WHOLE, "Order, from 0."),
            code("rule", "Which rule.", ScreeningRule),
            text("reason", "Why it was passed over."),
            text("detail", "What the rule said at the time."),
        ),
        owner="session_id",
        order="session_id, position",
    ),
)
