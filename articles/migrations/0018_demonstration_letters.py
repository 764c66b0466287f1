from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0017_site_and_reads"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="is_demonstration",
            field=models.BooleanField(default=False, editable=False, verbose_name="demonstration"),
        ),
    ]
