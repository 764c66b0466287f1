"""Lay out the demonstration library."""

from django.core.management.base import BaseCommand

from articles.actions import demonstration


class Command(BaseCommand):
    help = "Lay out the demonstration library; run again, it brings back what is missing and changes nothing else."

    def handle(self, *, verbosity: int, **options) -> None:
        new = demonstration.load()
        if not verbosity:
            return
        told = ", ".join(f"{table} {count}" for table, count in new.items())
        self.stdout.write(f"New: {told}" if told else "The demonstration library is here already.")
