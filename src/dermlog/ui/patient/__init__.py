"""The patient page: header, warning signs, course, injection maps, photos and history of one patient."""
