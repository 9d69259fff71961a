import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0003_staged_tables"),
        ("planning", "0007_one_renstra_at_a_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="indicatorversion",
            name="cascading",
            field=models.CharField(blank=True, choices=[(None, "Belum ditetapkan"), ("map", "CP: cascading peta"), ("direct", "C: cascading nonpeta"), ("none", "N: noncascading")], max_length=20, verbose_name="jenis cascading"),
        ),
        migrations.AddField(
            model_name="indicatorversion",
            name="months",
            field=models.JSONField(blank=True, default=list, verbose_name="bulan ukur"),
        ),
        migrations.AddField(
            model_name="indicatorversion",
            name="supplier",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit", verbose_name="unit penyedia data"),
        ),
        migrations.AddField(
            model_name="indicatorversion",
            name="value_kind",
            field=models.CharField(blank=True, choices=[(None, "Menurut jenis nilai"), ("percent", "Persen"), ("index", "Indeks"), ("ratio", "Rasio"), ("rupiah", "Rupiah"), ("time", "Waktu"), ("yes_no", "Ya atau tidak")], max_length=20, verbose_name="rincian jenis nilai"),
        ),
        migrations.AlterField(
            model_name="indicatorversion",
            name="polarity",
            field=models.CharField(choices=[("positive", "Makin tinggi makin baik"), ("negative", "Makin rendah makin baik"), ("range", "Paling baik di dalam rentang target"), ("stable", "Makin dekat target makin baik")], default="positive", max_length=20, verbose_name="arah"),
        ),
    ]
