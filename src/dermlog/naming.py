"""The name of every enum member as the clinic says it: name_of(Zone.NOSE) is "Nose"."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from dermlog.domain.change import ChangeKind
from dermlog.domain.consent import ConsentKind, Signer
from dermlog.domain.draft import DraftKind
from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.instrument import Instrument, Rater, Variant
from dermlog.domain.patient import AcneTreatment, Allergy, Condition, Drug, Flag, Sex, TreatmentResponse
from dermlog.domain.photo import PhotoView
from dermlog.domain.session import Diluent, SigningMeaning, Technique
from dermlog.domain.side_effect import (
    BodySide,
    Severity,
    SideEffect,
    SideEffectTerm,
    WarningSign,
    WeaknessPlace,
)
from dermlog.domain.staff import Role
from dermlog.domain.visit import VisitMode
from dermlog.wording import _, isolated


def name_of(member: Enum) -> str:
    """The words for one member of a domain enum."""
    return _NAMES[type(member)]()[member]


def grade_word(instrument: Instrument, grade: int) -> str:
    """The word for a grade of a 0 to 4 scale: slight, almost clear, mild."""
    if instrument is Instrument.IGA:
        words = (_("clear"), _("almost clear"), _("mild"), _("moderate"), _("severe"))
    else:
        words = (_("none"), _("slight"), _("moderate"), _("marked"), _("severe"))
    return words[grade]


def flag_text(flag: Flag) -> str:
    """An allergy, condition or drug with its detail: Cow's-milk protein; Other: penicillin."""
    if not flag.detail:
        return name_of(flag.kind)
    return _("{kind}: {detail}").format(kind=name_of(flag.kind), detail=flag.detail)


def side_effect_text(effect: SideEffect) -> str:
    """A reaction as a line says it: Bruising, mild; Brow weakness, left, mild."""
    return reaction_text(effect.term, effect.place, effect.side, effect.label, effect.severity)


def reaction_text(
    term: SideEffectTerm,
    place: WeaknessPlace | None,
    side: BodySide | None,
    label: str,
    severity: Severity | None = None,
) -> str:
    """The parts of a reaction in one line; the severity is left out when None."""
    parts = [reaction_name(term, place, label)]
    if side is not None:
        parts.append(name_of(side).lower())
    if severity is not None:
        parts.append(name_of(severity).lower())
    return ", ".join(parts)


def reaction_name(term: SideEffectTerm, place: WeaknessPlace | None, label: str) -> str:
    """What the reaction is: Bruising, Eyelid weakness, or the typed name of another one."""
    if term is SideEffectTerm.OTHER and label:
        return isolated(label)
    if term is SideEffectTerm.MUSCLE_WEAKNESS and place is not None:
        return {
            WeaknessPlace.BROW: _("Brow weakness"),
            WeaknessPlace.EYELID: _("Eyelid weakness"),
            WeaknessPlace.SMILE: _("Smile weakness"),
            WeaknessPlace.LIP_OR_MOUTH: _("Lip or mouth weakness"),
            WeaknessPlace.OTHER: _("Muscle weakness elsewhere"),
        }[place]
    return name_of(term)


def _zones() -> dict[Enum, str]:
    return {
        Zone.FOREHEAD: _("Forehead"),
        Zone.GLABELLA: _("Glabella"),
        Zone.TEMPLE_RIGHT: _("Right temple"),
        Zone.TEMPLE_LEFT: _("Left temple"),
        Zone.NOSE: _("Nose"),
        Zone.CHEEK_RIGHT: _("Right cheek"),
        Zone.CHEEK_LEFT: _("Left cheek"),
        Zone.LIP: _("Upper lip"),
        Zone.JAW_RIGHT: _("Right jaw"),
        Zone.JAW_LEFT: _("Left jaw"),
        Zone.CHIN: _("Chin"),
        Zone.ELSEWHERE: _("Elsewhere on the face"),
    }


def _face_views() -> dict[Enum, str]:
    return {FaceView.FRONT: _("Front"), FaceView.RIGHT: _("Right"), FaceView.LEFT: _("Left")}


def _sexes() -> dict[Enum, str]:
    return {
        Sex.FEMALE: _("female"),
        Sex.MALE: _("male"),
        Sex.OTHER: _("other sex"),
        Sex.UNKNOWN: _("sex not recorded"),
    }


def _allergies() -> dict[Enum, str]:
    return {
        Allergy.COW_MILK_PROTEIN: _("Cow’s-milk protein"),
        Allergy.HUMAN_ALBUMIN: _("Human albumin"),
        Allergy.BOTULINUM_TOXIN: _("Botulinum toxin"),
        Allergy.LOCAL_ANAESTHETIC: _("Local anaesthetic"),
        Allergy.LATEX: _("Latex"),
        Allergy.OTHER: _("Other allergy"),
    }


def _conditions() -> dict[Enum, str]:
    return {
        Condition.NEUROMUSCULAR_DISEASE: _("Neuromuscular disease"),
        Condition.SWALLOWING_OR_BREATHING_DISORDER: _("Swallowing or breathing disorder"),
        Condition.PREGNANCY: _("Pregnancy"),
        Condition.BREASTFEEDING: _("Breastfeeding"),
        Condition.INFECTION_AT_SITE: _("Infection at the site"),
        Condition.SKIN_DISEASE_AT_SITE: _("Psoriasis or eczema at the site"),
        Condition.BLEEDING_DISORDER: _("Bleeding disorder"),
        Condition.FACIAL_SURGERY: _("Facial surgery"),
        Condition.PTOSIS_OR_ASYMMETRY: _("Drooping lid or marked asymmetry"),
        Condition.CARDIOVASCULAR_DISEASE: _("Heart or vessel disease"),
        Condition.OTHER: _("Other condition"),
    }


def _drugs() -> dict[Enum, str]:
    return {
        Drug.AMINOGLYCOSIDE: _("Aminoglycoside antibiotic"),
        Drug.ANTICOAGULANT: _("Anticoagulant"),
        Drug.MUSCLE_RELAXANT: _("Muscle relaxant"),
        Drug.ANTICHOLINERGIC: _("Anticholinergic"),
        Drug.CHLOROQUINE: _("Chloroquine or similar"),
        Drug.CHOLINESTERASE_INHIBITOR: _("Cholinesterase inhibitor"),
        Drug.ISOTRETINOIN: _("Isotretinoin"),
        Drug.OTHER: _("Other drug"),
    }


def _acne_treatments() -> dict[Enum, str]:
    return {
        AcneTreatment.TOPICAL_RETINOID: _("Topical retinoid"),
        AcneTreatment.BENZOYL_PEROXIDE: _("Benzoyl peroxide"),
        AcneTreatment.TOPICAL_ANTIBIOTIC: _("Topical antibiotic"),
        AcneTreatment.ORAL_ANTIBIOTIC: _("Oral antibiotic"),
        AcneTreatment.HORMONAL: _("Hormonal treatment"),
        AcneTreatment.ISOTRETINOIN: _("Isotretinoin"),
        AcneTreatment.LIGHT_OR_LASER: _("Light or laser"),
        AcneTreatment.BOTULINUM_TOXIN: _("Botulinum toxin elsewhere"),
        AcneTreatment.OTHER: _("Other treatment"),
    }


def _responses() -> dict[Enum, str]:
    return {
        TreatmentResponse.NONE: _("no response"),
        TreatmentResponse.PARTIAL: _("partial response"),
        TreatmentResponse.GOOD: _("good response"),
        TreatmentResponse.RELAPSED: _("good, then relapsed"),
        TreatmentResponse.UNKNOWN: _("response not known"),
    }


def _consents() -> dict[Enum, str]:
    return {
        ConsentKind.OFF_LABEL_TREATMENT: _("Off-label treatment"),
        ConsentKind.PHOTO_RECORD: _("Photos for the record"),
        ConsentKind.PHOTO_TEACHING: _("Photos for teaching"),
        ConsentKind.PHOTO_PUBLICATION: _("Photos for publication"),
        ConsentKind.RESEARCH: _("Research"),
    }


def _signers() -> dict[Enum, str]:
    return {Signer.PATIENT: _("the patient"), Signer.GUARDIAN: _("a guardian")}


def _techniques() -> dict[Enum, str]:
    return {
        Technique.INTRADERMAL: _("Intradermal"),
        Technique.INTRAMUSCULAR: _("Intramuscular"),
        Technique.SUBCUTANEOUS: _("Subcutaneous"),
        Technique.MIXED: _("Mixed"),
    }


def _diluents() -> dict[Enum, str]:
    return {
        Diluent.SALINE: _("Saline"),
        Diluent.PRESERVED_SALINE: _("Preserved saline"),
        Diluent.SALINE_WITH_LIDOCAINE: _("Saline with lidocaine"),
    }


def _meanings() -> dict[Enum, str]:
    return {SigningMeaning.PERFORMED: _("performed"), SigningMeaning.REVIEWED: _("reviewed")}


def _instruments() -> dict[Enum, str]:
    return {
        Instrument.OILINESS: _("Oiliness"),
        Instrument.IGA: _("Breakouts, IGA"),
        Instrument.INFLAMMATORY_LESIONS: _("Inflammatory lesions"),
        Instrument.NON_INFLAMMATORY_LESIONS: _("Non-inflammatory lesions"),
        Instrument.SATISFACTION: _("Satisfaction"),
        Instrument.SEBUM: _("Sebum"),
    }


def _raters() -> dict[Enum, str]:
    return {Rater.CLINICIAN: _("clinician"), Rater.PATIENT: _("patient"), Rater.DEVICE: _("device")}


def _variants() -> dict[Enum, str]:
    return {
        Variant.STANDARD: _("standard"),
        Variant.IGA_EXTENT: _("by extent of the face"),
        Variant.IGA_LESION: _("by kind of lesion"),
        Variant.SEBUM_CASUAL: _("casual level"),
        Variant.SEBUM_EXCRETION: _("after degreasing"),
    }


def _terms() -> dict[Enum, str]:
    return {
        SideEffectTerm.BRUISING: _("Bruising"),
        SideEffectTerm.MUSCLE_WEAKNESS: _("Muscle weakness"),
        SideEffectTerm.PAIN: _("Pain or tenderness"),
        SideEffectTerm.REDNESS: _("Redness"),
        SideEffectTerm.SWELLING: _("Swelling"),
        SideEffectTerm.HEADACHE: _("Headache"),
        SideEffectTerm.DRY_SKIN: _("Dry skin"),
        SideEffectTerm.INFECTION: _("Infection at a site"),
        SideEffectTerm.OTHER: _("Other"),
    }


def _severities() -> dict[Enum, str]:
    return {
        Severity.NONE: _("None"),
        Severity.MILD: _("Mild"),
        Severity.MODERATE: _("Moderate"),
        Severity.SEVERE: _("Severe"),
    }


def _places() -> dict[Enum, str]:
    return {
        WeaknessPlace.BROW: _("Brow"),
        WeaknessPlace.EYELID: _("Eyelid"),
        WeaknessPlace.SMILE: _("Smile"),
        WeaknessPlace.LIP_OR_MOUTH: _("Lip / mouth"),
        WeaknessPlace.OTHER: _("Other"),
    }


def _sides() -> dict[Enum, str]:
    return {BodySide.RIGHT: _("Right"), BodySide.LEFT: _("Left"), BodySide.BOTH: _("Both")}


def _warning_signs() -> dict[Enum, str]:
    return {
        WarningSign.SWALLOWING: _("trouble swallowing"),
        WarningSign.SPEAKING: _("trouble speaking"),
        WarningSign.BREATHING: _("trouble breathing"),
        WarningSign.DOUBLE_VISION: _("double vision"),
        WarningSign.GENERAL_WEAKNESS: _("weakness all over"),
        WarningSign.ALLERGIC_SWELLING: _("allergic swelling"),
        WarningSign.UNSPECIFIED: _("a warning sign (which one was not recorded)"),
    }


def _photo_views() -> dict[Enum, str]:
    return {
        PhotoView.FRONT: _("Front"),
        PhotoView.RIGHT_45: _("Right 45°"),
        PhotoView.LEFT_45: _("Left 45°"),
        PhotoView.RIGHT_90: _("Right 90°"),
        PhotoView.LEFT_90: _("Left 90°"),
        PhotoView.FOREHEAD: _("Forehead close-up"),
        PhotoView.CHEEK_RIGHT: _("Right cheek close-up"),
        PhotoView.CHEEK_LEFT: _("Left cheek close-up"),
        PhotoView.NOSE_CHIN: _("Nose and chin close-up"),
        PhotoView.OTHER: _("Other view"),
    }


def _roles() -> dict[Enum, str]:
    return {
        Role.OWNER: _("Owner"),
        Role.CLINICIAN: _("Clinician"),
        Role.ASSISTANT: _("Assistant"),
        Role.VIEWER: _("Viewer"),
    }


def _modes() -> dict[Enum, str]:
    return {VisitMode.IN_PERSON: _("In person"), VisitMode.PHONE: _("By phone")}


def _drafts() -> dict[Enum, str]:
    return {DraftKind.TREATMENT: _("Treatment"), DraftKind.FOLLOW_UP: _("Follow-up")}


def _change_kinds() -> dict[Enum, str]:
    return {
        ChangeKind.ADDED: _("added"),
        ChangeKind.CHANGED: _("changed"),
        ChangeKind.REMOVED: _("removed"),
    }


_NAMES: dict[type[Enum], Callable[[], dict[Enum, str]]] = {
    Zone: _zones,
    FaceView: _face_views,
    Sex: _sexes,
    Allergy: _allergies,
    Condition: _conditions,
    Drug: _drugs,
    AcneTreatment: _acne_treatments,
    TreatmentResponse: _responses,
    ConsentKind: _consents,
    Signer: _signers,
    Technique: _techniques,
    Diluent: _diluents,
    SigningMeaning: _meanings,
    Instrument: _instruments,
    Rater: _raters,
    Variant: _variants,
    SideEffectTerm: _terms,
    Severity: _severities,
    WeaknessPlace: _places,
    BodySide: _sides,
    WarningSign: _warning_signs,
    PhotoView: _photo_views,
    Role: _roles,
    VisitMode: _modes,
    DraftKind: _drafts,
    ChangeKind: _change_kinds,
}
