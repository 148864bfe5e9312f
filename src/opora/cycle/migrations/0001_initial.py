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
            name='ProgrammeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(verbose_name='Код программы')),
                ('number', models.PositiveIntegerField(verbose_name='Номер')),
                ('title', models.TextField(verbose_name='Название')),
                ('text', models.TextField(verbose_name='Текст')),
                ('digest', models.TextField(verbose_name='Отпечаток текста')),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='Когда принята')),
                ('added_by', models.TextField(verbose_name='Кто принял')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
            ],
            options={
                'verbose_name': 'редакция программы',
                'verbose_name_plural': 'редакции программ',
                'db_table': 'programme_version',
                'ordering': ('key', 'number'),
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'key', 'number'), name='programme_version_number'), models.UniqueConstraint(fields=('municipality', 'key', 'digest'), name='programme_version_text')],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(verbose_name='Код программы')),
                ('since', models.DateField(verbose_name='Действует с')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='cycle.programmeversion', verbose_name='Редакция')),
            ],
            options={
                'verbose_name': 'срок действия программы',
                'verbose_name_plural': 'сроки действия программ',
                'db_table': 'programme_term',
                'ordering': ('key', 'since'),
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'key', 'since'), name='programme_term_since')],
            },
        ),
    ]
