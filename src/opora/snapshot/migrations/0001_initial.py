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
                ('about', models.JSONField(null=True)),
                ('tables', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('era', models.BigIntegerField(null=True)),
                ('seen', models.TextField(default='')),
                ('counted_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('failure', models.TextField(default='')),
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
        migrations.CreateModel(
            name='KeptThing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list', models.PositiveIntegerField()),
                ('place', models.PositiveIntegerField()),
                ('code', models.SmallIntegerField()),
                ('in_base', models.SmallIntegerField()),
                ('key', models.TextField(verbose_name='Код')),
                ('person', models.BigIntegerField(null=True, verbose_name='Номер карточки')),
                ('row', models.JSONField(verbose_name='Кто это и чего не хватает')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.territory')),
                ('values', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='things', to='snapshot.keptvalues')),
            ],
            options={
                'verbose_name': 'кто за числом',
                'verbose_name_plural': 'кто за числами',
                'db_table': 'kept_thing',
                'ordering': ('list', 'place'),
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='KeptIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('code', models.TextField()),
                ('tables', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('counted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('number', models.JSONField()),
                ('breakdowns', models.JSONField(verbose_name='Разрезы')),
                ('history', models.JSONField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.territory')),
                ('values', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='snapshot.keptvalues')),
            ],
            options={
                'verbose_name': 'посчитанный показатель',
                'verbose_name_plural': 'посчитанные показатели',
                'db_table': 'kept_indicator',
                'ordering': ('place',),
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('values', 'code'), name='kept_indicator_once')],
            },
        ),
        migrations.AddIndex(
            model_name='keptthing',
            index=models.Index(fields=['values', 'list', 'place'], name='kept_thing_in_order'),
        ),
    ]
