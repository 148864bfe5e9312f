import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_team'),
        ('records', '0001_initial'),
        ('registry', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(db_default=django.db.models.functions.comparison.Cast(django.contrib.postgres.functions.RandomUUID(), models.TextField()), verbose_name='Код')),
                ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.source', verbose_name='Откуда сведения')),
                ('archived_at', models.DateTimeField(blank=True, null=True, verbose_name='В архиве с')),
                ('since', models.DateField(blank=True, help_text='Первый день; пусто — неизвестно, с какого дня', null=True, verbose_name='С')),
                ('until', models.DateField(blank=True, help_text='Первый день, когда уже не так; пусто — так и сейчас', null=True, verbose_name='По (не включая)')),
                ('observed_on', models.DateField(blank=True, help_text='День, на который известно, что это так, если неизвестно начало', null=True, verbose_name='Подтверждено на')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.person', verbose_name='Человек')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.organisation', verbose_name='Организация')),
                ('area', models.TextField(choices=[('methodical_work', 'методическая работа'), ('mentoring', 'наставничество'), ('young_educators', 'молодые педагоги'), ('training', 'повышение квалификации'), ('innovation', 'инновационная деятельность'), ('attestation', 'аттестация'), ('other', 'иное')], verbose_name='Направление')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='records.document', verbose_name='Приказ')),
            ],
            options={
                'verbose_name': 'назначение ответственного',
                'verbose_name_plural': 'Ответственные',
                'db_table': 'responsibility',
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='responsibility_key_in_municipality'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='responsibility_until_after_since'), models.CheckConstraint(condition=models.Q(('area__in', ['methodical_work', 'mentoring', 'young_educators', 'training', 'innovation', 'attestation', 'other'])), name='responsibility_area_is_known')],
            },
        ),
    ]
