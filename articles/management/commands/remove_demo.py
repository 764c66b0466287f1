"""Take the demonstration library away."""

from django.core.management.base import BaseCommand

from articles.actions import demonstration


class Command(BaseCommand):
    help = "Take the demonstration library away; what an editor's own work stands on is kept and named."

    def handle(self, *args, **options) -> None:
        removed = demonstration.remove()
        told = ", ".join(f"{table} {count}" for table, count in removed.counts.items())
        self.stdout.write(f"Removed: {told}" if told else "There is nothing of the demonstration library to remove.")
        for name in removed.kept:
            self.stdout.write(f"Kept, because an editor's own work stands on it: {name}")
