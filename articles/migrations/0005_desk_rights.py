"""What the groups may do at the editors' desk."""

from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

make_permissions = import_module("articles.migrations.0002_groups").make_permissions

EVERYBODY = {
    *(f"view_{table}" for table in ("authoralias", "deed", "picture", "tagalias", "themealias")),
    "add_picture",
    "change_picture",
}
EDITOR = {
    *EVERYBODY,
    "review_article",
    *(f"{verb}_{table}alias" for verb in ("add", "change", "delete") for table in ("author", "tag", "theme")),
}
GRANTS = {"contributor": EVERYBODY, "editor": EDITOR, "publisher": EDITOR}


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    for group, rights in _rights(apps, alias):
        group.permissions.add(*rights)


def take_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group, rights in _rights(apps, schema_editor.connection.alias):
        group.permissions.remove(*rights)


def _rights(apps: Apps, alias: str):
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for group in groups.filter(name__in=GRANTS):
        yield group, list(permissions.filter(content_type__app_label="articles", codename__in=GRANTS[group.name]))


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_desk")]

    operations = [migrations.RunPython(grant, take_back)]
