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
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
                ('kind', models.TextField(choices=[('dataset', 'набор данных'), ('typed', 'введено на страницах')], verbose_name='Вид')),
                ('title', models.TextField(verbose_name='Название')),
                ('dataset_hash', models.TextField(blank=True, null=True, verbose_name='Хеш набора данных')),
                ('synthetic', models.BooleanField(default=False, verbose_name='Данные условные')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='Когда')),
            ],
            options={
                'verbose_name': 'источник',
                'verbose_name_plural': 'источники',
                'db_table': 'source',
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Trail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='Когда')),
                ('table_name', models.TextField(verbose_name='Таблица')),
                ('row_id', models.BigIntegerField(verbose_name='Строка')),
                ('municipality', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
                ('action', models.TextField(choices=[('insert', 'добавлено'), ('update', 'изменено'), ('delete', 'удалено')], verbose_name='Что сделано')),
                ('actor', models.JSONField(null=True, verbose_name='Кто')),
                ('database_role', models.TextField(verbose_name='Роль в базе данных')),
                ('changes', models.JSONField(null=True, verbose_name='Изменения')),
            ],
            options={
                'verbose_name': 'запись журнала',
                'verbose_name_plural': 'журнал изменений',
                'db_table': 'trail',
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['table_name', 'row_id'], name='trail_of_a_row')],
            },
        ),
    ]
