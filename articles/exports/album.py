"""The pictures of a file that is being written, taken from where the library keeps them."""

from collections.abc import Mapping

from django.core.files.storage import default_storage

from articles.models import Picture

# so many bytes of pictures go into one file; what is beyond is left out like a picture that is gone
MOST_BYTES = 60 * 1024 * 1024


class Album:
    """Gives pictures out one by one, and counts how much has been given."""

    def __init__(self) -> None:
        self.left = MOST_BYTES

    def take(self, pictures: Mapping[str, Picture], src: str) -> bytes | None:
        """Return the bytes of a picture that a text names; None where the library has none, or no room is left."""
        picture = pictures.get(src)
        if picture is None or picture.size > self.left:
            return None
        try:
            with default_storage.open(picture.path) as file:
                data = file.read()
        except FileNotFoundError:
            return None
        self.left -= len(data)
        return data
