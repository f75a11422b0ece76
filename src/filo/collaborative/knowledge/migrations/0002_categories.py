import django.db.models.deletion
from django.db import migrations, models
from django.utils.text import slugify

import filo.foundation.ids


def name_categories(apps, schema_editor):
    Article, Category = apps.get_model("knowledge", "Article"), apps.get_model("knowledge", "Category")
    names = Article.objects.exclude(category_name="").order_by("category_name")
    for place, name in enumerate(names.values_list("category_name", flat=True).distinct()):
        code = slugify(name) or f"category-{place}"
        found, _new = Category.objects.get_or_create(code=code, defaults={"name_it": name, "position": place})
        Article.objects.filter(category_name=name).update(category=found)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.SlugField(max_length=80, unique=True)),
                ("name_it", models.CharField(max_length=80)),
                ("name_en", models.CharField(blank=True, max_length=80)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "ordering": ["position", "name_it"],
            },
        ),
        migrations.RenameField("article", "category", "category_name"),
        migrations.AddField(
            "article",
            "category",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="articles",
                to="knowledge.category",
            ),
        ),
        migrations.RunPython(name_categories, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex("article", models.Index(fields=["-updated_at", "-id"], name="article_latest")),
    ]
