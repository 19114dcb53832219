from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0007_taken_over_meetings'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['state', 'written_on', 'id'], name='councils_comments_by_day'),
        ),
    ]
