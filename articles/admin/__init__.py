"""The editors' door. `site.EditorsSite` says which admins stand in it."""
