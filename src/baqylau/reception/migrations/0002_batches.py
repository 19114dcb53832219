from django.db import migrations, models


class Migration(migrations.Migration):
    """Slips printed together are found by the key of their batch, to be printed again."""

    dependencies = [("reception", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="printedslip",
            name="batch",
            field=models.CharField(db_index=True, default="", max_length=64),
            preserve_default=False,
        )
    ]
