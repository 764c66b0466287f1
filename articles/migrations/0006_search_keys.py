"""What sources, authors, themes and tags that were there before may be looked for by."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.chinese import pinyin

TABLES = ("source", "author", "theme", "tag")
LONGEST = 2_000
BATCH = 500


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        rows = apps.get_model("articles", table).objects.using(schema_editor.connection.alias)
        changed = []
        for row in rows.only("name").prefetch_related("aliases").iterator(chunk_size=BATCH):
            row.search_key = pinyin.search_key([row.name, *(a.name for a in row.aliases.all())], longest=LONGEST)
            changed.append(row)
        rows.bulk_update(changed, ["search_key"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_desk_rights")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
