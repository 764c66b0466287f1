"""What the editors' list is searched, sorted and counted by."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import articles.models.fields

# `contentless`: the text stands in the documents. Private use is where the marks and symbols of a text are kept.
SQLITE = """
CREATE VIRTUAL TABLE articles_searchpieces USING fts5(
    title, names, addresses, body, content='', tokenize="unicode61 remove_diacritics 0"
)
"""
POSTGRESQL = (
    "ALTER TABLE articles_searchdocument ADD COLUMN pieces tsvector",
    "CREATE INDEX articles_searchpieces ON articles_searchdocument USING gin (pieces)",
)


def make_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else [SQLITE]:
        schema_editor.execute(statement)


def drop_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE articles_searchpieces")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_search_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    articles.models.fields.LineField(
                        choices=[("editors", "editors")], default="editors", max_length=10
                    ),
                ),
                ("rules", articles.models.fields.CountField(default=0)),
                ("title", articles.models.fields.ProseField(blank=True, max_length=5000000)),
                ("names", articles.models.fields.ProseField(blank=True, max_length=5000000)),
                ("addresses", articles.models.fields.ProseField(blank=True, max_length=5000000)),
                ("body", articles.models.fields.ProseField(blank=True, max_length=5000000)),
            ],
            options={
                "verbose_name": "search document",
                "verbose_name_plural": "search documents",
            },
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("working", "live"), name="article_by_current"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["title"], name="article_sorted_by_title"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["byline_text", "status", "merged_into"], name="article_count_authors"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["script", "status", "merged_into"], name="article_count_scripts"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["tracing", "status", "merged_into"], name="article_count_tracing"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["original_source", "status", "merged_into"], name="article_count_sources"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["original_date", "status", "merged_into"], name="article_count_dates"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["state", "severity", "edition"], name="finding_by_severity"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["state", "code", "edition"], name="finding_by_code"),
        ),
        migrations.AddField(
            model_name="searchdocument",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.article"
            ),
        ),
        migrations.AddIndex(
            model_name="searchdocument",
            index=models.Index(fields=["rules", "article"], name="search_document_by_rules"),
        ),
        migrations.AddConstraint(
            model_name="searchdocument",
            constraint=models.UniqueConstraint(fields=("article", "audience"), name="search_document_is_one"),
        ),
        migrations.RunPython(make_index, drop_index),
    ]
