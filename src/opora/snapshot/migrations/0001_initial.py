import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptValues',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField()),
                ('result', models.JSONField()),
                ('tables', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('era', models.BigIntegerField()),
                ('seen', models.TextField()),
                ('counted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.territory')),
            ],
            options={
                'verbose_name': 'посчитанные значения',
                'verbose_name_plural': 'посчитанные значения',
                'db_table': 'kept_values',
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'question'), name='kept_values_of_a_question')],
            },
        ),
    ]
