"""Lay out the demonstration library."""

from django.core.management.base import BaseCommand

from articles.actions import demonstration


class Command(BaseCommand):
    help = "Lay out the demonstration library; run again, it brings back what is missing and changes nothing else."

    def handle(self, *args, **options) -> None:
        new = demonstration.load()
        told = ", ".join(f"{table} {count}" for table, count in new.items())
        self.stdout.write(f"New: {told}" if told else "The demonstration library is here already.")
