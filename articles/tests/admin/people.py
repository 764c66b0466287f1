"""The people who use the admin, for its tests, and what their browsers send."""

from importlib import import_module
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from articles.models import Article


def make_groups() -> None:
    """Make the groups of the migrations anew, in a database that a test has emptied."""
    ours = import_module("articles.migrations.0002_groups").GROUPS
    further = [
        import_module(f"articles.migrations.{name}").GRANTS
        for name in ("0005_desk_rights", "0016_letters", "0017_site_and_reads")
    ]
    for name, rights in ours.items():
        group, _ = Group.objects.get_or_create(name=name)
        rights = rights.union(*(grants.get(name, set()) for grants in further))
        held = Permission.objects.filter(content_type__app_label="articles", codename__in=rights)
        group.permissions.set(held)


def person(name: str, *groups: str, **columns: Any) -> User:
    """Return a member of staff in these groups."""
    user = User.objects.create_user(name, password="a long enough word", is_staff=True, **columns)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent_by(client: Client, article: Article | None = None, **typed: Any) -> dict[str, Any]:
    """Return what the form of the article sends when `typed` is put into it and nothing else is touched."""
    name, keys = ("change", [article.pk]) if article else ("add", [])
    context = client.get(reverse(f"admin:articles_article_{name}", args=keys)).context
    form = context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    data["tags"] = "，".join(tag.name for tag in article.tags.all()) if article else ""
    for inline in context["inline_admin_formsets"]:
        forms = [inline.formset.management_form, *inline.formset.forms]
        data |= {field.html_name: field.value() for part in forms for field in part}
    data |= typed
    return {name: "" if value is None else value for name, value in data.items() if value is not False}
