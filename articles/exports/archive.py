"""ZIP files that are the same bytes whenever they are made of the same parts."""

import zipfile
from typing import IO

# the first moment a ZIP can name: when a file was made is no part of what it says
EPOCH = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = 0o100644 << 16
UNIX = 3


class Archive:
    """A ZIP that is being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(file, "w")

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *fault: object) -> None:
        self.zip.close()

    def add(self, name: str, data: bytes, *, is_stored: bool = False) -> None:
        """Add a part, packed unless it `is_stored` as it is."""
        entry = zipfile.ZipInfo(name, EPOCH)
        entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
        entry.external_attr, entry.create_system = PLAIN_FILE, UNIX
        self.zip.writestr(entry, data)
