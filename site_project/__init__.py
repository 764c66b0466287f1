"""How this one site is run; it knows every room, and no room knows it."""

import sys

# Python's own sqlite3 may be built on a SQLite that can lose committed pages in WAL mode (before 3.51.3, and
# Debian 12 has 3.40.1). pysqlite3 brings a mended one; it has to stand in before Django imports the module.
try:
    import pysqlite3
    import pysqlite3.dbapi2
except ImportError:  # no build for this platform: database.py falls back to the rollback journal
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
