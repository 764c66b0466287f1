"""Let persons be found by the readings of their surnames, and every name in any variant of its characters.

Backwards nothing is done: older versions ask keys that hold more than theirs just as well, and each save makes its own.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from articles.chinese import pinyin

TABLES = ("source", "author", "theme", "tag")
LONGEST = 2_000
BATCH = 500


def make_anew(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        rows = apps.get_model("articles", table).objects.using(schema_editor.connection.alias).order_by("pk")
        last = 0
        while batch := list(rows.filter(pk__gt=last).prefetch_related("aliases")[:BATCH]):
            for row in batch:
                names = [row.name, *(alias.name for alias in row.aliases.all())]
                row.search_key = pinyin.search_key(
                    names, longest=LONGEST, are_persons=table == "author" and row.kind == "person"
                )
            rows.bulk_update(batch, ["search_key"])
            last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_hands_known")]

    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
