"""What the site is called, its own pages and who may write them; how often articles are read."""

from importlib import import_module

import django.core.validators
import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import articles.models.fields
from articles.migrations._first_pages import PAGES

make_permissions = import_module("articles.migrations.0002_groups").make_permissions

ONLY = 1
GRANTS = {
    "publisher": {"view_site", "change_site", *(f"{verb}_sitepage" for verb in ("view", "add", "change", "delete"))}
}


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    alias = schema_editor.connection.alias
    apps.get_model("articles", "Site").objects.using(alias).create(pk=ONLY)
    pages = apps.get_model("articles", "SitePage").objects.using(alias)
    for position, (slug, title, title_en, body, body_en) in enumerate(PAGES):
        texts = {"body_html": body, "body_en": body_en}
        pages.create(site_id=ONLY, slug=slug, position=position, title=title, title_en=title_en, **texts)
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
    dependencies = [
        ("articles", "0016_letters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", articles.models.fields.CountField(default=1, editable=False, verbose_name="version")),
                ("name", articles.models.fields.LineField(default="文脉", max_length=40, verbose_name="name")),
                (
                    "name_en",
                    articles.models.fields.LineField(
                        blank=True, default="Wenmai", max_length=60, verbose_name="name in English"
                    ),
                ),
                (
                    "tagline",
                    articles.models.fields.LineField(
                        blank=True, default="可查出处的中文文库", max_length=80, verbose_name="tagline"
                    ),
                ),
                (
                    "tagline_en",
                    articles.models.fields.LineField(
                        blank=True,
                        default="A curated library of Chinese articles",
                        max_length=120,
                        verbose_name="tagline in English",
                    ),
                ),
                (
                    "organiser",
                    articles.models.fields.LineField(
                        blank=True, help_text="Who keeps this site.", max_length=100, verbose_name="organiser"
                    ),
                ),
                (
                    "filing_number",
                    articles.models.fields.LineField(
                        blank=True,
                        help_text="As given by the ministry, for example 京ICP备…号.",
                        max_length=60,
                        verbose_name="filing number",
                    ),
                ),
                (
                    "address",
                    articles.models.fields.LineField(blank=True, max_length=200, verbose_name="postal address"),
                ),
                (
                    "email",
                    articles.models.fields.LineField(
                        blank=True,
                        max_length=200,
                        validators=[django.core.validators.EmailValidator()],
                        verbose_name="e-mail",
                    ),
                ),
                ("phone", articles.models.fields.LineField(blank=True, max_length=60, verbose_name="telephone")),
                (
                    "rights",
                    articles.models.fields.ProseField(
                        blank=True,
                        default="各篇文章的权利属于作者和最初刊载的媒体；本站的整理、校勘和说明文字，注明出处即可引用。",
                        max_length=1000,
                        verbose_name="rights statement",
                    ),
                ),
                (
                    "rights_en",
                    articles.models.fields.ProseField(
                        blank=True,
                        default="Rights in the articles stay with their authors and first publishers. What this library adds, its repairs and notes, may be quoted with its name.",
                        max_length=1000,
                        verbose_name="rights statement in English",
                    ),
                ),
                ("offers_traditional", models.BooleanField(default=True, verbose_name="offers Traditional Chinese")),
                ("offers_english", models.BooleanField(default=True, verbose_name="offers English")),
                (
                    "featured",
                    models.ForeignKey(
                        blank=True,
                        help_text="The first articles of this theme, in its order, open the home page. Empty: the latest do.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.theme",
                        verbose_name="featured theme",
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "identity of the site",
                "verbose_name_plural": "identity of the site",
            },
        ),
        migrations.CreateModel(
            name="SitePage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", articles.models.fields.CountField(default=1, editable=False, verbose_name="version")),
                (
                    "slug",
                    articles.models.fields.HanSlugField(
                        allow_unicode=True,
                        help_text="The last part of its address, which stays as it is.",
                        max_length=100,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                ("position", articles.models.fields.CountField(default=0, verbose_name="position")),
                ("title", articles.models.fields.LineField(max_length=100, verbose_name="title")),
                (
                    "title_hant",
                    articles.models.fields.LineField(
                        blank=True,
                        help_text="Empty: converted.",
                        max_length=100,
                        verbose_name="title in Traditional characters",
                    ),
                ),
                (
                    "title_en",
                    articles.models.fields.LineField(blank=True, max_length=100, verbose_name="title in English"),
                ),
                ("body_html", articles.models.fields.ProseField(blank=True, max_length=5000000, verbose_name="text")),
                (
                    "body_hant",
                    articles.models.fields.ProseField(
                        blank=True, max_length=5000000, verbose_name="text in Traditional characters"
                    ),
                ),
                (
                    "body_en",
                    articles.models.fields.ProseField(blank=True, max_length=5000000, verbose_name="text in English"),
                ),
                (
                    "site",
                    models.ForeignKey(
                        default=1,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="articles.site",
                    ),
                ),
            ],
            options={
                "verbose_name": "page of the site",
                "verbose_name_plural": "pages of the site",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="site_is_one_row"),
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    articles.models.fields.LineField(choices=[("read", "read"), ("useful", "useful")], max_length=10),
                ),
                ("day", models.DateField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.article"
                    ),
                ),
            ],
            options={
                "verbose_name": "mark",
                "verbose_name_plural": "marks",
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="tally",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("reads", articles.models.fields.CountField(default=0, verbose_name="reads")),
                ("useful", articles.models.fields.CountField(default=0, verbose_name="found useful")),
                ("recent", articles.models.fields.CountField(default=0, verbose_name="reads of late")),
            ],
            options={
                "verbose_name": "tally",
                "verbose_name_plural": "tallies",
                "indexes": [models.Index(fields=["-recent", "-article"], name="tally_by_recent")],
            },
        ),
        migrations.CreateModel(
            name="DayOfReads",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(db_index=True)),
                ("reads", articles.models.fields.CountField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.article"
                    ),
                ),
            ],
            options={
                "verbose_name": "day of reads",
                "verbose_name_plural": "days of reads",
                "constraints": [models.UniqueConstraint(fields=("article", "day"), name="day_of_reads_is_one_row")],
            },
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["original_source", "original_date"], name="article_by_source_and_date"),
        ),
        migrations.RunPython(fill, take_back),
    ]
