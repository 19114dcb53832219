"""An index that knows in which rooms somebody writes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0006_owing'),
        ('catalogue', '0001_initial'),
        ('institutions', '0001_initial'),
        ('reception', '0005_open_calls'),
        ('territories', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(condition=models.Q(('is_struck', False)), fields=['author', 'room', 'held_on'], name='reception_rooms_of_author'),
        ),
    ]
