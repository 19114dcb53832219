"""An index from which the cases in which a body is late are counted."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0005_lists_by_opening'),
        ('catalogue', '0001_initial'),
        ('institutions', '0001_initial'),
        ('territories', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['stage', 'next_due_on', 'body', 'territory', 'kind', 'service'], name='casework_owing'),
        ),
    ]
