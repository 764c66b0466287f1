"""Ask the addresses of witnesses whether they still answer."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from articles.actions import revisiting


class Command(BaseCommand):
    help = "Ask the addresses of some witnesses, the longest unasked first, and write down what they answer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=revisiting.AT_ONCE, help="how many (%(default)s)")

    def handle(self, *, limit: int, **options) -> None:
        if limit < 1:
            raise CommandError("--limit must be 1 or more.")
        told = revisiting.check_addresses(limit)
        self.stdout.write(f"{told['asked']} asked, {told['dead']} of them dead.")
