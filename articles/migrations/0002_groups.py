"""The groups editors are put in: contributor, editor, publisher."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EVERY_TABLE = (
    "article author byline capture edition excerpt finding placement source sourcealias sourcedomain tag theme witness"
)

# Contributors write and bring in; that they may change what they began, and nothing else, is the admin's rule.
CONTRIBUTOR = {
    *(f"view_{table}" for table in EVERY_TABLE.split()),
    *(
        f"{verb}_{table}"
        for verb in ("add", "change")
        for table in ("article", "author", "byline", "witness", "placement")
    ),
    *(f"delete_{table}" for table in ("byline", "witness", "placement")),
    "add_edition",
    "import_article",
}
# Editors change what anybody began, and keep the vocabulary the articles are arranged by.
EDITOR = {
    *CONTRIBUTOR,
    "change_edition",
    "delete_article",
    "delete_author",
    *(
        f"{verb}_{table}"
        for verb in ("add", "change", "delete")
        for table in ("source", "sourcealias", "sourcedomain", "theme", "tag", "excerpt")
    ),
}
PUBLISHER = {*EDITOR, "publish_article"}

GROUPS = {"contributor": CONTRIBUTOR, "editor": EDITOR, "publisher": PUBLISHER}


def make_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for name, codenames in GROUPS.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.set(permissions.filter(content_type__app_label="articles", codename__in=codenames))


def make_permissions(apps: Apps, alias: str) -> None:
    """Make the rows Django makes only after the last migration, so that a fresh database has them to give out."""
    app = apps.get_app_config("articles")
    app.models_module = True  # a state's app has none, and create_permissions passes over such apps
    create_permissions(app, apps=apps, using=alias, verbosity=0)
    app.models_module = None


def remove_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_tables"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
