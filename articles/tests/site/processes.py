"""Run Python in a process of its own, under settings that differ from the tests'."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LAPTOP = {
    "DJANGO_SETTINGS_MODULE": "site_project.settings",
    "SECRET_KEY": "for-this-test-only-0123456789-abcdefghijklmnopqrstuvwxyz",
    "LOCAL": "true",
    "DEBUG": "false",
    "ALLOWED_HOSTS": "",
    "DATABASE_URL": "",
    "TRUSTED_PROXIES": "",
}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    """Run this Python with the arguments `command` at the project's root."""
    surroundings = os.environ | LAPTOP | environment
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=surroundings, capture_output=True, text=True)


def python(program: str, **environment: str) -> str:
    """Return what the program prints. Raises `CalledProcessError` when it fails."""
    done = run("-c", program, **environment)
    done.check_returncode()
    return done.stdout.strip()
