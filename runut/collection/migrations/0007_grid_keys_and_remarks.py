"""Keys under which a line's writes were sent; what people write beside a figure."""

import django.db.models.deletion
from django.db import migrations, models

from runut.lib import triggers


class Migration(migrations.Migration):
    dependencies = [("collection", "0006_deadline")]

    operations = [
        migrations.AddField(model_name='line', name='keys', field=models.JSONField(default=list)),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='catatan')),
                ('at', models.DateTimeField()),
                ('by_title', models.CharField(max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='collection.figure')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='collection.sheet')),
            ],
            options={'abstract': False},
        ),
        triggers.append_only("collection_remark"),
    ]
