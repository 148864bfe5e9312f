import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0001_initial'),
        ('people', '0002_people'),
        ('registry', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(db_default=django.db.models.functions.comparison.Cast(django.contrib.postgres.functions.RandomUUID(), models.TextField()), verbose_name='Код')),
                ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.source', verbose_name='Откуда сведения')),
                ('archived_at', models.DateTimeField(blank=True, null=True, verbose_name='В архиве с')),
                ('since', models.DateField(blank=True, help_text='Первый день; пусто — неизвестно, с какого дня', null=True, verbose_name='С')),
                ('until', models.DateField(blank=True, help_text='Первый день, когда уже не так; пусто — так и сейчас', null=True, verbose_name='По (не включая)')),
                ('observed_on', models.DateField(blank=True, help_text='День, на который известно, что это так, если неизвестно начало', null=True, verbose_name='Подтверждено на')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation', verbose_name='Организация')),
                ('title', models.TextField(blank=True, null=True, verbose_name='Название')),
                ('kind', models.TextField(choices=[('management', 'управленческая команда'), ('collective', 'коллектив (команда педагогов)'), ('project', 'проектная группа'), ('creative', 'творческая группа'), ('design', 'проектировочная группа'), ('problem', 'проблемная группа')], verbose_name='Вид')),
                ('topic', models.TextField(blank=True, null=True, verbose_name='Тема')),
                ('methodical_theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='community.methodicaltheme', verbose_name='Методическая тема')),
            ],
            options={
                'verbose_name': 'команда',
                'verbose_name_plural': 'Команды',
                'db_table': 'team',
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='team_key_in_municipality'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='team_until_after_since'), models.CheckConstraint(condition=models.Q(('kind__in', ['management', 'collective', 'project', 'creative', 'design', 'problem'])), name='team_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(db_default=django.db.models.functions.comparison.Cast(django.contrib.postgres.functions.RandomUUID(), models.TextField()), verbose_name='Код')),
                ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.source', verbose_name='Откуда сведения')),
                ('archived_at', models.DateTimeField(blank=True, null=True, verbose_name='В архиве с')),
                ('since', models.DateField(blank=True, help_text='Первый день; пусто — неизвестно, с какого дня', null=True, verbose_name='С')),
                ('until', models.DateField(blank=True, help_text='Первый день, когда уже не так; пусто — так и сейчас', null=True, verbose_name='По (не включая)')),
                ('observed_on', models.DateField(blank=True, help_text='День, на который известно, что это так, если неизвестно начало', null=True, verbose_name='Подтверждено на')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.team', verbose_name='Команда')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.person', verbose_name='Человек')),
                ('role', models.TextField(blank=True, null=True, verbose_name='Роль')),
            ],
            options={
                'verbose_name': 'участие в команде',
                'verbose_name_plural': 'Состав команд',
                'db_table': 'team_member',
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='teammember_key_in_municipality'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='teammember_until_after_since')],
            },
        ),
    ]
