from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0019_search_for_readers"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="is_demonstration",
            field=models.BooleanField(default=False, editable=False, verbose_name="demonstration"),
        ),
    ]
