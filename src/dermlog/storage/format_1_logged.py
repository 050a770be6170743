"""Which tables of format 1 keep a history, and whose it is; never edited once released."""

from __future__ import annotations

_PATIENT = '{row}."patient_id"'
_OF_VISIT = '(SELECT patient_id FROM visit WHERE id = {row}."visit_id")'
_OF_SESSION = '(SELECT patient_id FROM injection_session WHERE id = {row}."session_id")'

LOGGED: tuple[tuple[str, str, str, str], ...] = (
    ("clinic", "only name address phone doctor follow_up_weeks is_sample shares_vials", "only", "NULL"),
    ("staff", "id name role active", "id", "NULL"),
    (
        "product",
        "id generic brand vial_units has_cow_milk_protein has_albumin minimum_interval_days usual_diluent_ml "
        "labelled_reconstitution hours_of_use label_source label_date retired",
        "id",
        "NULL",
    ),
    (
        "patient",
        "id chart_number family_name given_name birth_date sex fitzpatrick phone allergies_asked "
        "conditions_asked drugs_asked note",
        "id",
        '{row}."id"',
    ),
    ("patient_flag", "patient_id list kind repeat position detail", "patient_id list kind repeat", _PATIENT),
    (
        "prior_treatment",
        "patient_id position kind drug period response stop_reason",
        "patient_id position",
        _PATIENT,
    ),
    ("consent", "id patient_id kind given_on signer form_version note withdrawn_on", "id", _PATIENT),
    (
        "visit",
        "id patient_id on recorded_by entered_at mode warning_signs_asked note state",
        "id",
        _PATIENT,
    ),
    ("visit_warning_sign", "visit_id sign position", "visit_id sign", _OF_VISIT),
    ("acknowledgement", "visit_id staff_id at note", "visit_id", _OF_VISIT),
    (
        "score",
        "visit_id instrument rater variant zone device value position",
        "visit_id instrument rater variant zone device",
        _OF_VISIT,
    ),
    (
        "side_effect",
        "visit_id term place side label severity began ended action position",
        "visit_id term place side label",
        _OF_VISIT,
    ),
    (
        "injection_session",
        "id patient_id visit_id performed_on product_id lot expiry vial_units diluent_ml injector_id diluent "
        "technique needle_gauge vials note anaesthesia prescriber_id supervisor_id aftercare_given "
        "immediate_reaction reason vial_id wasted_units map_version version replaces amendment_reason "
        "signed_by signed_at signed_as",
        "id",
        _PATIENT,
    ),
    ("injection_site", "id session_id position view x y zone units depth note", "id", _OF_SESSION),
    (
        "session_template",
        "id name product_id vial_units diluent_ml diluent technique needle_gauge map_version",
        "id",
        "NULL",
    ),
    ("template_site", "id template_id position view x y zone units depth", "id", "NULL"),
    ("screening_rule", "rule level", "rule", "NULL"),
    ("screening_question", "id text level", "id", "NULL"),
    (
        "vial",
        "id product_id lot expiry units diluent_ml diluent count mixed_at use_by shared",
        "id",
        "NULL",
    ),
    ("session_review", "session_id staff_id at", "session_id staff_id", _OF_SESSION),
    ("session_void", "session_id staff_id at reason moved_to", "session_id", _OF_SESSION),
    ("screening_answer", "session_id position item answer note", "session_id position", _OF_SESSION),
    ("screening_override", "session_id position rule reason detail", "session_id position", _OF_SESSION),
    (
        "photo",
        "id patient_id visit_id view sha256 format width height byte_count taken_at taken_offset_minutes "
        "added_at file_name note",
        "id",
        _PATIENT,
    ),
)
"""Tables that keep a history: their columns, their key, and where to find the patient."""
