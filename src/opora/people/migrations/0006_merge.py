import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from opora.registry.protection import of_municipality


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_protection'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='Когда')),
                ('moved', models.PositiveIntegerField(default=0, verbose_name='Перенесено ссылок')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='Отменено')),
                ('duplicate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='Присоединена')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='Оставлена')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
            ],
            options={
                'verbose_name': 'объединение карточек',
                'verbose_name_plural': 'объединения карточек',
                'db_table': 'person_merge',
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='PersonMergeMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table_name', models.TextField(verbose_name='Таблица')),
                ('field', models.TextField(verbose_name='Поле')),
                ('row_id', models.BigIntegerField(verbose_name='Строка')),
                ('archived', models.BooleanField(default=False, verbose_name='Убрана в архив как повтор')),
                ('given_back', models.BooleanField(default=False, verbose_name='Возвращена')),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='people.personmerge', verbose_name='Объединение')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
            ],
            options={
                'verbose_name': 'перенесённая ссылка',
                'verbose_name_plural': 'перенесённые ссылки',
                'db_table': 'person_merge_move',
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['table_name', 'row_id'], name='person_merge_move_of_a_row')],
            },
        ),
        *of_municipality(["person_merge", "person_merge_move"]),
    ]
