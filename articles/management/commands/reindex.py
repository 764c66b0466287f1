"""Put into the search index what is not in it yet; everything anew when asked to."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles import search
from articles.models import Article


class Command(BaseCommand):
    help = (
        "Puts into the search index every article that is not in it, or was put in by older rules. "
        "Safe to kill: the next run goes on where this one stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="begin anew, as after sources or authors were given other names"
        )
        parser.add_argument("--batch", type=int, default=200, help="articles written at once (200)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            search.begin_anew()
        total, done, keys = Article.objects.count(), 0, [0]
        while keys := search.waiting(after=keys[-1], most=max(1, options["batch"])):
            done += search.put_all(keys)
            if self.stdout.isatty():
                self.stdout.write(f"\r{done:,} put in; at article {keys[-1]:,}", ending="")
        search.tidy()
        self.stdout.write(f"{done:,} of {total:,} articles put in.")
