"""Collect the sentences to translate, those of intake included: it refuses pages without knowing Django's gettext."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=Unreadable"]
