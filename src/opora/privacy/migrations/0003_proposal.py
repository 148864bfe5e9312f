import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from opora.registry.protection import of_municipality, of_municipality_told_as, trail_function

FILE = "to_jsonb({row}) - 'ciphertext' - 'digest'"
"""That there was a file, and not what is in it."""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_merge'),
        ('privacy', '0002_logs'),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table_name', models.TextField(verbose_name='Таблица')),
                ('row_id', models.BigIntegerField(null=True, verbose_name='Строка')),
                ('seen', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='Было')),
                ('becomes', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='Предложено')),
                ('words', models.TextField(blank=True, verbose_name='Пояснение')),
                ('proposed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='Когда предложено')),
                ('verdict', models.TextField(choices=[('confirmed', 'подтверждено'), ('declined', 'отклонено')], null=True, verbose_name='Решение')),
                ('answer', models.TextField(blank=True, verbose_name='Ответ')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='Когда решено')),
                ('decided_by', models.TextField(blank=True, verbose_name='Кто решил')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='Кто предлагает')),
            ],
            options={
                'verbose_name': 'предложение педагога',
                'verbose_name_plural': 'предложения педагогов',
                'db_table': 'proposal',
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['confirmed', 'declined'])), name='proposal_verdict_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('verdict__isnull', True)), models.Q(('decided_at__isnull', False), ('verdict__isnull', False)), _connector='OR'), name='proposal_decided_with_its_day')],
            },
        ),
        migrations.CreateModel(
            name='ProposalFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(verbose_name='Имя файла')),
                ('kind', models.TextField(verbose_name='Вид файла')),
                ('size', models.PositiveIntegerField(verbose_name='Размер')),
                ('ciphertext', models.BinaryField(verbose_name='Содержание, зашифровано')),
                ('digest', models.BinaryField(verbose_name='Отпечаток с ключом')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='privacy.proposal', verbose_name='Предложение')),
            ],
            options={
                'verbose_name': 'файл к предложению',
                'verbose_name_plural': 'файлы к предложениям',
                'db_table': 'proposal_file',
                'base_manager_name': 'objects',
            },
        ),
        *of_municipality(['proposal']),
        migrations.RunSQL(trail_function('opora_trail_of_proposal_file', 'r.municipality_id', FILE)),
        *of_municipality_told_as(['proposal_file'], 'opora_trail_of_proposal_file'),
    ]
