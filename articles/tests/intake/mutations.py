"""Damage as it happens to files, and as somebody would do it who looks for a weak place."""

import io
import random
import zipfile

NUMBERS = (b"0", b"-1", b"999999999", b"1e99", b"nan", b"null", b"[", b"<<", b"/", b"\x00", b"\xff\xff")


def damage(data: bytes, seed: int) -> bytes:
    """Return the bytes with a few places changed, cut out, doubled or replaced; the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - damage need not be secret
    damaged = bytearray(data)
    for _ in range(dice.choice((1, 2, 5, 20))):
        place = dice.randrange(len(damaged))
        end = place + dice.choice((1, 2, 8, 100))
        match dice.randrange(5):
            case 0:
                damaged[place] = dice.randrange(256)
            case 1:
                del damaged[place:end]
            case 2:
                damaged[place:place] = damaged[place:end]
            case 3:
                damaged[place:end] = dice.choice(NUMBERS)
            case _:
                other = dice.randrange(len(damaged))
                damaged[place:end] = damaged[other : other + end - place]
    return bytes(damaged[: dice.randrange(len(damaged))] if dice.random() < 0.1 else damaged)


def damage_parts(data: bytes, seed: int) -> bytes:
    """Return the package with one of its parts damaged inside."""
    dice = random.Random(seed)  # noqa: S311
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as other:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        chosen = dice.choice(names)
        for name in package.namelist():
            part = package.read(name)
            other.writestr(name, damage(part, seed) if name == chosen and part else part)
    return packed.getvalue()
