"""Indexes that answer a count from themselves alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_made_digest"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="article",
            name="article_by_title",
        ),
        migrations.RemoveIndex(
            model_name="article",
            name="article_by_text",
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["title_key", "status", "merged_into"], name="article_by_title"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["text_digest", "status", "merged_into"], name="article_by_text"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["edition", "state", "severity"], name="finding_worst"),
        ),
    ]
