"""What the pages of a PDF show, string by string: the characters, where they stand, and how large they are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject

from articles.intake.readers.pdf_fonts import Font, read_font

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
DEEPEST_FORM = 8
MOST_FORMS = 2_000
# text drawn with an outline besides is how writers make bold of a font that has none
OUTLINED = 2
TRACKED = 200.0


@dataclass(frozen=True, slots=True)
class Run:
    """One string: where its baseline begins, the direction it runs in, how long it is, and its type.

    `right` and `up` are the unit vectors of its own right and up on the page.
    """

    text: str
    x: float
    y: float
    length: float
    size: float
    right: tuple[float, float]
    is_bold: bool

    @property
    def up(self) -> tuple[float, float]:
        """The direction across the line."""
        return (-self.right[1], self.right[0])


@dataclass(slots=True)
class _State:
    """What q saves and Q brings back."""

    place: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


@dataclass(slots=True)
class Pen:
    """Follows the operators of a page, and of the forms it uses, and keeps every string that is shown."""

    pdf: Any
    runs: list[Run] = field(default_factory=list)
    pictures: int = 0
    _state: _State = field(default_factory=_State)
    _saved: list[_State] = field(default_factory=list)
    _text: Matrix = IDENTITY
    _line: Matrix = IDENTITY
    _fonts: dict[int, Font] = field(default_factory=dict)
    _forms: int = 0

    def draw(self, contents: Any, resources: Any, depth: int = 0) -> None:
        """Follow one stream of operators."""
        resources = resources.get_object() if resources is not None else DictionaryObject()
        for operands, operator in ContentStream(contents, self.pdf, "bytes").operations:
            if operator == b"Do":
                self._form(operands, resources, depth)
            elif operator == b"Tf" and len(operands) > 1:
                self._state.font = self._font(resources, operands[0])
                self._state.size = _number(operands[1])
            elif operator in SHOWING:
                self._show_operator(operator, operands)
            else:
                self._move(operator, operands)

    def _font(self, resources: Any, name: Any) -> Font | None:
        fonts = resources.get("/Font")
        resource = fonts.get_object().get(name) if fonts is not None else None
        if resource is None or not isinstance(resource.get_object(), DictionaryObject):
            return None
        resource = resource.get_object()
        key = id(resource)
        if key not in self._fonts:
            self._fonts[key] = read_font(resource)
        return self._fonts[key]

    def _form(self, operands: Sequence[Any], resources: Any, depth: int) -> None:
        objects = resources.get("/XObject")
        found = objects.get_object().get(operands[0]) if objects is not None and operands else None
        form = found.get_object() if found is not None else None
        if not isinstance(form, StreamObject):
            return
        if form.get("/Subtype") == "/Image":
            self.pictures += 1
            return
        self._forms += 1
        if depth >= DEEPEST_FORM or self._forms > MOST_FORMS:
            return
        saved, depth_saved = replace(self._state), len(self._saved)
        self._state.place = _times(_matrix(form.get("/Matrix", IDENTITY)), self._state.place)
        self.draw(form, form.get("/Resources", resources), depth + 1)
        self._state = saved
        del self._saved[depth_saved:]

    def _move(self, operator: bytes, operands: Sequence[Any]) -> None:
        if operator == b"q":
            self._saved.append(replace(self._state))
        elif operator == b"Q" and self._saved:
            self._state = self._saved.pop()
        elif operator == b"cm":
            self._state.place = _times(_matrix(operands), self._state.place)
        elif operator == b"BT":
            self._text = self._line = IDENTITY
        elif operator == b"Tm":
            self._text = self._line = _matrix(operands)
        elif operator in (b"Td", b"TD") and len(operands) > 1:
            if operator == b"TD":
                self._state.leading = -_number(operands[1])
            self._next_line(_number(operands[0]), _number(operands[1]))
        elif operator == b"T*":
            self._next_line(0, -self._state.leading)
        elif operator in SETTINGS and operands:
            self._set(operator, _number(operands[0]))

    def _set(self, operator: bytes, value: float) -> None:
        name = SETTINGS[operator]
        setattr(self._state, name, value / 100 if operator == b"Tz" else value)

    def _next_line(self, x: float, y: float) -> None:
        self._text = self._line = _times((1, 0, 0, 1, x, y), self._line)

    def _show_operator(self, operator: bytes, operands: Sequence[Any]) -> None:
        if operator in (b"'", b'"'):
            self._next_line(0, -self._state.leading)
        if operator == b'"' and len(operands) > 2:
            self._state.word_spacing, self._state.spacing = _number(operands[0]), _number(operands[1])
        shown = operands[-1] if operands else None
        for each in shown if isinstance(shown, ArrayObject) else [shown]:
            if isinstance(each, bytes):
                self._show(each)
            elif isinstance(each, (int, float)):
                self._advance(-float(each) / 1000 * self._state.size * self._across())

    def _across(self) -> float:
        return 1.0 if self._state.font and self._state.font.is_vertical else self._state.stretch

    def _advance(self, length: float) -> None:
        is_vertical = self._state.font is not None and self._state.font.is_vertical
        self._text = _times((1, 0, 0, 1, 0, length) if is_vertical else (1, 0, 0, 1, length, 0), self._text)

    def _show(self, shown: bytes) -> None:
        state = self._state
        if state.font is None:
            return
        read = state.font.read(shown)
        if state.font.is_vertical:
            length = -sum(state.size + state.spacing for _ in read)
        else:
            length = state.stretch * sum(
                width * state.size + state.spacing + (state.word_spacing if is_space else 0)
                for _, width, is_space in read
            )
        self._keep("".join(text for text, _, _ in read), length)
        self._advance(length)

    def _keep(self, text: str, length: float) -> None:
        state = self._state
        a, b, c, d, e, f = _times((1, 0, 0, 1, 0, state.rise), _times(self._text, state.place))
        along = (-c, -d) if state.font and state.font.is_vertical else (a, b)
        scale, height = math.hypot(*along), math.hypot(c, d)
        numbers = (e, f, scale, height, length * scale)
        if not text or scale <= 0 or not all(map(math.isfinite, numbers)):
            return
        right = (round(along[0] / scale, 2), round(along[1] / scale, 2))
        is_bold = state.mode == OUTLINED or bool(state.font and state.font.is_bold)
        self.runs.append(Run(text, e, f, abs(length) * scale, abs(state.size) * height, right, is_bold))


SHOWING = (b"Tj", b"TJ", b"'", b'"')
SETTINGS = {
    b"Tc": "spacing",
    b"Tw": "word_spacing",
    b"Tz": "stretch",
    b"TL": "leading",
    b"Ts": "rise",
    b"Tr": "mode",
}


def _number(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _matrix(values: Any) -> Matrix:
    numbers = [_number(value) for value in values][:6]
    return tuple(numbers) if len(numbers) == 6 else IDENTITY  # type: ignore[return-value]


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
