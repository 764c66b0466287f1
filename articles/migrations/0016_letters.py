"""Letters from readers: the table, and who may look at it and answer."""

from importlib import import_module

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import articles.models.fields
import articles.models.letter

make_permissions = import_module("articles.migrations.0002_groups").make_permissions

EDITOR = {"view_letter", "change_letter"}
GRANTS = {"contributor": {"view_letter"}, "editor": EDITOR, "publisher": EDITOR}


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=GRANTS):
        rights = permissions.filter(content_type__app_label="articles", codename__in=GRANTS[group.name])
        group.permissions.add(*rights)


def take_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The rights go with their rows."""
    permissions = apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias)
    permissions.filter(content_type__app_label="articles", content_type__model="letter").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_kept_forms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", articles.models.fields.CountField(default=1, editable=False, verbose_name="version")),
                ("exact", articles.models.fields.ProseField(blank=True, max_length=5000000, verbose_name="passage")),
                ("prefix", articles.models.fields.LineField(blank=True, max_length=64)),
                ("suffix", articles.models.fields.LineField(blank=True, max_length=64)),
                (
                    "ticket",
                    articles.models.fields.LineField(
                        default=articles.models.letter.new_ticket,
                        editable=False,
                        max_length=9,
                        unique=True,
                        verbose_name="ticket number",
                    ),
                ),
                (
                    "kind",
                    articles.models.fields.LineField(
                        choices=[("correction", "correction"), ("comment", "comment")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("block", models.IntegerField(null=True)),
                ("start", articles.models.fields.CountField(default=0)),
                ("end", articles.models.fields.CountField(default=0)),
                ("passage", articles.models.fields.ProseField(blank=True, max_length=500, verbose_name="passage")),
                (
                    "suggestion",
                    articles.models.fields.ProseField(blank=True, max_length=500, verbose_name="suggestion"),
                ),
                ("remark", articles.models.fields.ProseField(blank=True, max_length=2000, verbose_name="remark")),
                (
                    "name",
                    articles.models.fields.LineField(blank=True, max_length=60, verbose_name="name to be thanked"),
                ),
                ("contact", articles.models.fields.LineField(blank=True, max_length=200, verbose_name="contact")),
                (
                    "state",
                    articles.models.fields.LineField(
                        choices=[
                            ("received", "waiting for an answer"),
                            ("accepted", "taken up"),
                            ("declined", "not taken up"),
                            ("closed", "closed"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "outcome",
                    articles.models.fields.LineField(
                        blank=True,
                        choices=[("accepted", "taken up"), ("declined", "not taken up")],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("words", articles.models.fields.ProseField(blank=True, max_length=500, verbose_name="words put in")),
                (
                    "answer",
                    articles.models.fields.ProseField(blank=True, max_length=2000, verbose_name="public answer"),
                ),
                ("reason", articles.models.fields.ProseField(blank=True, max_length=500, verbose_name="reason")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed")),
                ("days", articles.models.fields.CountField(null=True, verbose_name="days taken")),
                ("digest", articles.models.fields.LineField(editable=False, max_length=64, unique=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="articles.edition",
                        verbose_name="edition",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handled by",
                    ),
                ),
                (
                    "put_into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="articles.edition"
                    ),
                ),
                (
                    "repair",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="letters",
                        to="articles.finding",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters from readers",
                "ordering": ["-received_at", "-pk"],
                "indexes": [
                    models.Index(fields=["state", "received_at"], name="letter_by_state"),
                    models.Index(fields=["-received_at", "-id"], name="letter_newest"),
                    models.Index(fields=["article", "outcome", "-decided_at"], name="letter_by_article"),
                    models.Index(fields=["days"], name="letter_by_days"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("start__lte", models.F("end"))), name="letter_place_is_a_span"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("block__isnull", True),
                            models.Q(("block__gte", -1), models.Q(("exact", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="letter_place_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("days__isnull", True),
                                ("decided_at__isnull", True),
                                ("outcome", ""),
                                ("state", "received"),
                            ),
                            models.Q(
                                ("days__isnull", False),
                                ("decided_at__isnull", False),
                                ("outcome", "accepted"),
                                ("state", "accepted"),
                            ),
                            models.Q(
                                ("days__isnull", False),
                                ("decided_at__isnull", False),
                                ("outcome", "declined"),
                                ("state", "declined"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("outcome__in", ["accepted", "declined"]),
                                ("state", "closed"),
                            ),
                            _connector="OR",
                        ),
                        name="letter_state_follows_its_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", False), _connector="XOR"
                        ),
                        name="letter_is_closed_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="letter_is_declined_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["correction", "comment"])), name="letter_kind_is_known"
                    ),
                ],
            },
        ),
        migrations.RunPython(grant, take_back),
    ]
