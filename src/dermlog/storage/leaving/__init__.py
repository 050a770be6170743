"""Leaving and coming back: every record in open formats, documented field by field, and read in again.

fields, kinds        what a field is; a stored value as JSON and back, strictly
nouns, *_nouns       the one table of what there is: FIELDS.md, the CSV files and the tests come of it
rows                 rows out of the file, of everybody or of one patient
digest               one SHA-256 over all records and photos, whatever the order of rows
package, unpacking   a folder or a ZIP with its checksums, written whole; read with suspicion
document             the records as JSON, JSON lines and CSV, and back
plain_file           the same as a plain SQLite file
loading              records and photos into a new file
"""
