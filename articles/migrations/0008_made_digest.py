"""Know whether anybody wrote in a text since it was read from its capture."""

from django.db import migrations

import articles.models.fields


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_search")]

    operations = [
        migrations.AddField(
            model_name="witness",
            name="made_digest",
            field=articles.models.fields.LineField(blank=True, editable=False, max_length=64, default=""),
            preserve_default=False,
        )
    ]
