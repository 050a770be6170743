"""Pictures: prepared for storing, cleaned for giving away, drawn for samples; only this room knows Pillow."""
