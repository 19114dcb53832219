"""Indexes of checks that were made."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reception', '0006_rooms_of_an_author'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('closed_on__isnull', False)), fields=['kind', 'reached', 'closed_on', 'id'], name='reception_calls_made'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('closed_on__isnull', False)), fields=['not_by', 'kind', 'reached'], name='reception_calls_about'),
        ),
    ]
