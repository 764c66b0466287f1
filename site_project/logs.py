"""How log lines are written."""

import logging
import re

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Formatter):
    """Escape control characters, so that nothing a visitor sends can forge a line or colour a terminal."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # logging's own name
        return CONTROL.sub(lambda found: repr(found.group())[1:-1], super().formatMessage(record)).replace("\n", "\\n")
