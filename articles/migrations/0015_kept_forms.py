"""What was typed outlives its article, and is kept for the forms of other tables too."""

import django.db.models.deletion
from django.db import migrations, models

import articles.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_lost_excerpts"),
    ]

    operations = [
        migrations.AddField(
            model_name="workingcopy",
            name="table",
            field=articles.models.fields.LineField(default="article", max_length=40),
        ),
        migrations.AddField(
            model_name="workingcopy",
            name="row",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="workingcopy",
            name="title",
            field=articles.models.fields.LineField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="workingcopy",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="working_copies",
                to="articles.article",
            ),
        ),
    ]
