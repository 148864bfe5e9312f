import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0001_initial'),
        ('people', '0003_team'),
        ('registry', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContestEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(db_default=django.db.models.functions.comparison.Cast(django.contrib.postgres.functions.RandomUUID(), models.TextField()), verbose_name='Код')),
                ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.source', verbose_name='Откуда сведения')),
                ('archived_at', models.DateTimeField(blank=True, null=True, verbose_name='В архиве с')),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='community.contest', verbose_name='Конкурс')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.person', verbose_name='Человек')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.team', verbose_name='Команда')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.organisation', verbose_name='Организация')),
                ('result', models.TextField(blank=True, choices=[('participant', 'участник'), ('laureate', 'лауреат'), ('prize', 'призёр'), ('winner', 'победитель')], null=True, verbose_name='Итог')),
                ('date', models.DateField(verbose_name='Дата')),
            ],
            options={
                'verbose_name': 'участие в конкурсе',
                'verbose_name_plural': 'Участие в конкурсах',
                'db_table': 'contest_entry',
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='contestentry_key_in_municipality'), models.CheckConstraint(condition=models.Q(('result__in', ['participant', 'laureate', 'prize', 'winner'])), name='contestentry_result_is_known')],
            },
        ),
    ]
