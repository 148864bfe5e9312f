import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0006_merge'),
        ('registry', '0003_moments'),
    ]

    operations = [
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name='Звено')),
                ('since', models.BigIntegerField(verbose_name='С')),
                ('until', models.BigIntegerField(verbose_name='До')),
                ('trail_rows', models.BigIntegerField(verbose_name='Записей об изменениях')),
                ('trail_digest', models.BinaryField(verbose_name='Отпечаток записей об изменениях')),
                ('reading_rows', models.BigIntegerField(verbose_name='Записей о чтении')),
                ('reading_digest', models.BinaryField(verbose_name='Отпечаток записей о чтении')),
                ('sealed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='Когда')),
                ('previous', models.BinaryField(verbose_name='Отпечаток предыдущего звена')),
                ('chain', models.BinaryField(verbose_name='Отпечаток звена')),
            ],
            options={
                'verbose_name': 'звено цепочки',
                'verbose_name_plural': 'цепочка журналов',
                'db_table': 'seal',
            },
        ),
        migrations.CreateModel(
            name='CardReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='Когда')),
                ('person_id', models.BigIntegerField(verbose_name='Человек')),
                ('actor', models.JSONField(verbose_name='Кто')),
                ('what', models.TextField(null=True, verbose_name='Что прочитано')),
                ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.territory', verbose_name='Кто ведёт карточку')),
            ],
            options={
                'verbose_name': 'чтение карточки',
                'verbose_name_plural': 'чтения карточек',
                'db_table': 'card_reading',
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['person_id', 'at'], name='card_reading_of_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('processing', 'на обработку'), ('publication', 'на распространение')], verbose_name='На что')),
                ('text_version', models.TextField(verbose_name='Редакция текста')),
                ('given_on', models.DateField(verbose_name='Дано')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='Отозвано')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Кому дано')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='Чьё')),
            ],
            options={
                'verbose_name': 'согласие',
                'verbose_name_plural': 'согласия',
                'db_table': 'consent',
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn_on__gte', models.F('given_on'))), name='consent_withdrawn_on_after_given_on'), models.CheckConstraint(condition=models.Q(('kind__in', ['processing', 'publication'])), name='consent_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Destruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.BigIntegerField(verbose_name='Номер карточки')),
                ('ground', models.TextField(choices=[('retention', 'срок хранения истёк, цели обработки достигнуты'), ('withdrawal', 'согласие отозвано, других оснований обработки нет'), ('unlawful', 'обработка неправомерна')], verbose_name='Основание')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='Когда')),
                ('made_by', models.TextField(verbose_name='Кто')),
                ('deleted', models.JSONField(default=dict, verbose_name='Удалено строк')),
                ('cleared', models.JSONField(default=dict, verbose_name='Обезличено строк')),
                ('erased', models.PositiveIntegerField(default=0, verbose_name='Стёрто в журналах')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Кто вёл карточку')),
            ],
            options={
                'verbose_name': 'уничтожение персональных данных',
                'verbose_name_plural': 'уничтожения персональных данных',
                'db_table': 'destruction',
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('ground__in', ['retention', 'withdrawal', 'unlawful'])), name='destruction_ground_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Snils',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ciphertext', models.BinaryField(verbose_name='Номер, зашифрован')),
                ('digest', models.BinaryField(verbose_name='Отпечаток с ключом')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='Муниципалитет')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='Человек')),
            ],
            options={
                'verbose_name': 'СНИЛС',
                'verbose_name_plural': 'СНИЛС',
                'db_table': 'snils',
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['digest'], name='snils_digest')],
            },
        ),
    ]
