"""What a hostile file may drive a parser to: each function runs in the child of `confined`."""

import ctypes
import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path

from articles.intake.decoding import Unreadable


def measure(data: bytes) -> dict[str, int]:
    return {"length": len(data), "modules": sum(name.startswith("django") for name in sys.modules)}


def give_bytes_back(data: bytes) -> bytes:
    return data[::-1]


def say_odd_things(data: bytes) -> str:
    print("nobody hears this")
    return "半个字\ud840"


def refuse(data: bytes) -> None:
    raise Unreadable("The file has %(pages)d pages.", pages=len(data))


def raise_an_error(data: bytes) -> None:
    raise KeyError("/Root")


def crash(data: bytes) -> None:
    ctypes.string_at(0)


def leave_without_a_word(data: bytes) -> None:
    os._exit(0)


def fill_the_memory(data: bytes) -> None:
    bytearray(2_000_000_000)


def allocate_for_ever(data: bytes) -> None:
    kept = []
    while True:
        kept.append(bytes(1_000_000))


def go_deep(data: bytes) -> None:
    go_deep(data)


def spin(data: bytes) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (1, 2))
    while True:
        pass


def sleep(data: bytes) -> None:
    time.sleep(600)


def answer_at_length(data: bytes) -> None:
    while True:
        os.write(1, b"v" + b"[" * 100_000)


def open_a_file(data: bytes) -> str:
    return Path(data.decode()).read_text(encoding="utf-8")


def write_a_file(data: bytes) -> None:
    Path(data.decode()).write_text("x", encoding="utf-8")


def reach_the_network(data: bytes) -> None:
    socket.create_connection(("127.0.0.1", int(data)), timeout=5)


def start_a_program(data: bytes) -> None:
    subprocess.run(["/bin/true"], check=True)


def leave_another_behind(data: bytes) -> int | str:
    try:
        other = os.fork()
    except OSError:
        return "not allowed"
    if not other:
        os.close(1)
        time.sleep(600)
    return other
