import django.contrib.postgres.operations
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(unique=True, verbose_name='Код')),
                ('title', models.TextField(verbose_name='Название')),
                ('kind', models.TextField(choices=[('country', 'страна'), ('region', 'регион'), ('municipality', 'муниципалитет')], verbose_name='Вид')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.territory', verbose_name='Входит в')),
            ],
            options={
                'verbose_name': 'территория',
                'verbose_name_plural': 'Территории',
                'db_table': 'territory',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['country', 'region', 'municipality'])), name='territory_kind_is_known')],
            },
        ),
    ]
