from django.db import migrations, models

from baqylau.journal.guard import backwards, forwards


class Migration(migrations.Migration):

    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.CharField(choices=[("default", "Default"), ("sealed", "Sealed")], max_length=8)),
                ("signed_on", models.DateField()),
                ("number", models.PositiveBigIntegerField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=64)),
                ("signature", models.CharField(max_length=128)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "signed_on"), name="journal_head_daily"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("chain", "default"), ("number__gte", 1)),
                            models.Q(("chain", "sealed"), ("number__isnull", True)),
                            _connector="OR",
                        ),
                        name="journal_head_numbered",
                    ),
                ],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
