"""Who is known to have written in an edition: whoever made it, and whoever changed it last."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

AT_ONCE = 500


def name_hands(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    alias = schema_editor.connection.alias
    hands = apps.get_model("articles", "Hand").objects.using(alias)
    editions = apps.get_model("articles", "Edition").objects.using(alias)
    for column in ("made_by", "changed_by"):
        known = editions.filter(**{f"{column}__isnull": False}).values_list("pk", column)
        rows = (hands.model(edition_id=edition, user_id=user) for edition, user in known.iterator(AT_ONCE))
        hands.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_hands")]

    operations = [migrations.RunPython(name_hands, migrations.RunPython.noop)]
