"""The reason why a file was taken back stays with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("returns", "0007_rows_with_few_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="load",
            name="undone_why",
            field=models.CharField(blank=True, max_length=200, verbose_name="why it was taken back"),
        ),
    ]
