"""The report of a patient on the screen: preview, saving as a PDF file, printing."""
