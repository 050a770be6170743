"""The statements that build a file of format 1; never edited once released: a new format adds a step."""

from __future__ import annotations

from dermlog.storage.history import history_triggers

APPLICATION_ID = 0x44524D4C
"""'DRML' in the header of the file."""

_TABLES = (
    """CREATE TABLE writing (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  staff_id TEXT,
  at TEXT,
  reason TEXT
) STRICT""",
    "INSERT INTO writing (only, reason) VALUES (1, '')",
    """CREATE TABLE change (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  staff_id TEXT,
  reason TEXT NOT NULL,
  "table" TEXT NOT NULL,
  row_id TEXT NOT NULL,
  patient_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'removed'))
) STRICT""",
    "CREATE INDEX change_by_patient ON change (patient_id, sequence)",
    'CREATE INDEX change_by_row ON change ("table", row_id, sequence)',
    """CREATE TABLE change_payload (
  sequence INTEGER PRIMARY KEY REFERENCES change (sequence),
  before TEXT,
  after TEXT
) STRICT""",
    """CREATE TABLE clinic (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  phone TEXT NOT NULL,
  doctor TEXT NOT NULL,
  follow_up_weeks TEXT NOT NULL,
  is_sample INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE staff (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  active INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE product (
  id TEXT PRIMARY KEY NOT NULL,
  generic TEXT NOT NULL,
  brand TEXT NOT NULL,
  vial_units TEXT NOT NULL,
  has_cow_milk_protein INTEGER,
  has_albumin INTEGER,
  minimum_interval_days INTEGER NOT NULL,
  usual_diluent_ml TEXT,
  hours_of_use INTEGER,
  label_source TEXT NOT NULL,
  label_date TEXT,
  retired INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE patient (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  chart_number TEXT NOT NULL,
  family_name TEXT NOT NULL,
  given_name TEXT NOT NULL,
  birth_date TEXT,
  sex TEXT NOT NULL,
  fitzpatrick TEXT,
  phone TEXT NOT NULL,
  allergies_asked INTEGER NOT NULL,
  conditions_asked INTEGER NOT NULL,
  drugs_asked INTEGER NOT NULL,
  note TEXT NOT NULL,
  chart_key TEXT NOT NULL UNIQUE,
  sort_name TEXT NOT NULL,
  folded TEXT NOT NULL
) STRICT""",
    "CREATE INDEX patient_by_name ON patient (sort_name, number, folded)",
    """CREATE VIRTUAL TABLE patient_search USING fts5 (
  folded, content='patient', content_rowid='number', tokenize='trigram case_sensitive 1'
)""",
    # The triples themselves in order: shorter pieces are found as the beginning of one.
    "CREATE VIRTUAL TABLE search_piece USING fts5vocab (patient_search, instance)",
    """CREATE TRIGGER search_patient_added AFTER INSERT ON patient BEGIN
  INSERT INTO patient_search (rowid, folded) VALUES (NEW.number, NEW.folded);
END""",
    """CREATE TRIGGER search_patient_changed AFTER UPDATE OF folded ON patient
WHEN NEW.folded <> OLD.folded BEGIN
  INSERT INTO patient_search (patient_search, rowid, folded) VALUES ('delete', OLD.number, OLD.folded);
  INSERT INTO patient_search (rowid, folded) VALUES (NEW.number, NEW.folded);
END""",
    """CREATE TRIGGER search_patient_removed AFTER DELETE ON patient BEGIN
  INSERT INTO patient_search (patient_search, rowid, folded) VALUES ('delete', OLD.number, OLD.folded);
END""",
    """CREATE TABLE patient_opened (
  patient_id TEXT PRIMARY KEY NOT NULL REFERENCES patient (id),
  at TEXT NOT NULL
) STRICT""",
    "CREATE INDEX patient_opened_by_time ON patient_opened (at)",
    """CREATE TABLE patient_flag (
  patient_id TEXT NOT NULL REFERENCES patient (id),
  list TEXT NOT NULL CHECK (list IN ('allergies', 'conditions', 'drugs')),
  kind TEXT NOT NULL,
  repeat INTEGER NOT NULL,
  position INTEGER NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (patient_id, list, kind, repeat)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE prior_treatment (
  patient_id TEXT NOT NULL REFERENCES patient (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  drug TEXT NOT NULL,
  period TEXT NOT NULL,
  response TEXT NOT NULL,
  stop_reason TEXT NOT NULL,
  PRIMARY KEY (patient_id, position)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE consent (
  id TEXT PRIMARY KEY NOT NULL,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  kind TEXT NOT NULL,
  given_on TEXT NOT NULL,
  signer TEXT NOT NULL,
  form_version TEXT NOT NULL,
  note TEXT NOT NULL,
  withdrawn_on TEXT
) STRICT""",
    "CREATE INDEX consent_by_patient ON consent (patient_id)",
    """CREATE TABLE visit (
  id TEXT PRIMARY KEY NOT NULL,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  "on" TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES staff (id),
  entered_at TEXT NOT NULL,
  mode TEXT NOT NULL,
  warning_signs_asked INTEGER NOT NULL,
  note TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT""",
    'CREATE INDEX visit_by_patient ON visit (patient_id, state, "on")',
    """CREATE TABLE visit_warning_sign (
  visit_id TEXT NOT NULL REFERENCES visit (id),
  sign TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (visit_id, sign)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE acknowledgement (
  visit_id TEXT PRIMARY KEY NOT NULL REFERENCES visit (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  at TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT""",
    """CREATE TABLE score (
  visit_id TEXT NOT NULL REFERENCES visit (id),
  instrument TEXT NOT NULL,
  rater TEXT NOT NULL,
  variant TEXT NOT NULL,
  zone TEXT NOT NULL,
  device TEXT NOT NULL,
  value TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (visit_id, instrument, rater, variant, zone, device)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE side_effect (
  visit_id TEXT NOT NULL REFERENCES visit (id),
  term TEXT NOT NULL,
  place TEXT NOT NULL,
  side TEXT NOT NULL,
  label TEXT NOT NULL,
  severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 3),
  began TEXT,
  ended TEXT,
  action TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (visit_id, term, place, side, label)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE injection_session (
  id TEXT PRIMARY KEY NOT NULL,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  visit_id TEXT NOT NULL UNIQUE REFERENCES visit (id),
  performed_on TEXT NOT NULL,
  product_id TEXT NOT NULL REFERENCES product (id),
  lot TEXT NOT NULL,
  expiry TEXT NOT NULL,
  vial_units TEXT NOT NULL,
  diluent_ml TEXT NOT NULL,
  injector_id TEXT NOT NULL REFERENCES staff (id),
  diluent TEXT NOT NULL,
  technique TEXT NOT NULL,
  needle_gauge INTEGER,
  vials INTEGER NOT NULL,
  note TEXT NOT NULL,
  map_version INTEGER NOT NULL,
  signed_by TEXT REFERENCES staff (id),
  signed_at TEXT,
  signed_as TEXT,
  CHECK ((signed_by IS NULL) = (signed_at IS NULL) AND (signed_at IS NULL) = (signed_as IS NULL))
) STRICT""",
    "CREATE INDEX injection_session_by_patient ON injection_session (patient_id, performed_on)",
    """CREATE TABLE injection_site (
  id TEXT PRIMARY KEY NOT NULL,
  session_id TEXT NOT NULL REFERENCES injection_session (id),
  position INTEGER NOT NULL,
  view TEXT NOT NULL,
  x REAL NOT NULL,
  y REAL NOT NULL,
  zone TEXT NOT NULL,
  units TEXT NOT NULL,
  depth TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT""",
    "CREATE INDEX injection_site_by_session ON injection_site (session_id, position)",
    """CREATE TABLE screening_override (
  session_id TEXT NOT NULL REFERENCES injection_session (id),
  position INTEGER NOT NULL,
  rule TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (session_id, position)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE draft (
  id TEXT PRIMARY KEY NOT NULL REFERENCES visit (id),
  patient_id TEXT NOT NULL REFERENCES patient (id),
  kind TEXT NOT NULL,
  "on" TEXT NOT NULL,
  content TEXT NOT NULL,
  saved_by TEXT NOT NULL REFERENCES staff (id),
  saved_at TEXT NOT NULL
) STRICT""",
    "CREATE INDEX draft_by_patient ON draft (patient_id)",
    """CREATE TABLE photo_image (
  number INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  print_copy_sha256 TEXT NOT NULL,
  preview_sha256 TEXT NOT NULL,
  print_copy BLOB NOT NULL,
  preview BLOB NOT NULL,
  original BLOB NOT NULL
) STRICT""",
    """CREATE TABLE photo_thumbnail (
  number INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE REFERENCES photo_image (sha256),
  jpeg_sha256 TEXT NOT NULL,
  jpeg BLOB NOT NULL
) STRICT""",
    # Bytes of photos that were taken out of a recorded visit; the history names them.
    "CREATE TABLE kept_image (sha256 TEXT PRIMARY KEY NOT NULL REFERENCES photo_image (sha256)) STRICT",
    """CREATE TABLE photo (
  id TEXT PRIMARY KEY NOT NULL,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  visit_id TEXT NOT NULL REFERENCES visit (id),
  view TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES photo_image (sha256),
  format TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  byte_count INTEGER NOT NULL,
  taken_at TEXT,
  taken_offset_minutes INTEGER,
  added_at TEXT NOT NULL,
  file_name TEXT NOT NULL,
  note TEXT NOT NULL,
  UNIQUE (visit_id, sha256)
) STRICT""",
    "CREATE INDEX photo_by_patient ON photo (patient_id, visit_id)",
    "CREATE INDEX photo_by_image ON photo (sha256)",
)

_PATIENT = '{row}."patient_id"'
_OF_VISIT = '(SELECT patient_id FROM visit WHERE id = {row}."visit_id")'
_OF_SESSION = '(SELECT patient_id FROM injection_session WHERE id = {row}."session_id")'

LOGGED: tuple[tuple[str, str, str, str], ...] = (
    ("clinic", "only name address phone doctor follow_up_weeks is_sample", "only", "NULL"),
    ("staff", "id name role active", "id", "NULL"),
    (
        "product",
        "id generic brand vial_units has_cow_milk_protein has_albumin minimum_interval_days usual_diluent_ml "
        "hours_of_use label_source label_date retired",
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
        "technique needle_gauge vials note map_version signed_by signed_at signed_as",
        "id",
        _PATIENT,
    ),
    ("injection_site", "id session_id position view x y zone units depth note", "id", _OF_SESSION),
    ("screening_override", "session_id position rule reason", "session_id position", _OF_SESSION),
    (
        "photo",
        "id patient_id visit_id view sha256 format width height byte_count taken_at taken_offset_minutes "
        "added_at file_name note",
        "id",
        _PATIENT,
    ),
)
"""Tables that keep a history: their columns, their key, and where to find the patient."""


def _refusal(name: str, table: str, action: str, when: str = "") -> str:
    return f"CREATE TRIGGER {name} BEFORE {action} ON {table}{when} BEGIN SELECT RAISE(ABORT, '{name}'); END"


_SIGNED = " WHEN OLD.signed_at IS NOT NULL"
_OF_SIGNED = (
    " WHEN EXISTS (SELECT 1 FROM injection_session WHERE id = {row}.session_id AND signed_at IS NOT NULL)"
)

_LAWS = (
    *(
        _refusal(f"{table}_is_never_{word}", table, action)
        for table in ("change", "change_payload")
        for word, action in (("changed", "UPDATE"), ("removed", "DELETE"))
    ),
    _refusal("photo_image_is_never_changed", "photo_image", "UPDATE"),
    _refusal("session_is_signed_unchanged", "injection_session", "UPDATE", _SIGNED),
    _refusal("session_is_signed_kept", "injection_session", "DELETE", _SIGNED),
    *(
        _refusal(f"{table}_is_signed_{word}", table, action, _OF_SIGNED.format(row=row))
        for table in ("injection_site", "screening_override")
        for word, action, row in (
            ("complete", "INSERT", "NEW"),
            ("unchanged", "UPDATE", "OLD"),
            ("kept", "DELETE", "OLD"),
        )
    ),
)


def statements() -> tuple[str, ...]:
    """Every statement in the order it must run."""
    return (
        *_TABLES,
        *_LAWS,
        *(
            statement
            for table, columns, key, patient in LOGGED
            for statement in history_triggers(table, columns.split(), key.split(), patient)
        ),
    )
