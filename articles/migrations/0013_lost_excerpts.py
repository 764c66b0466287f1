"""Keep the excerpts whose words an edit took out of the text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_keys_of_surnames_and_variants")]

    operations = [
        migrations.AddField(
            model_name="excerpt",
            name="is_lost",
            field=models.BooleanField(default=False, editable=False, verbose_name="words gone"),
        )
    ]
