#!/usr/bin/env python3
"""Django's commands. The embedded database is started for those that need one."""

import os
import sys

from django.core.management import execute_from_command_line

from config.embedded_postgres import EmbeddedPostgresError, start_for_this_process
from config.translations import compile_translations

DEVELOPMENT = "config.settings.development"
WITHOUT_DATABASE = {"check", "collectstatic", "help", "makemessages", "version", "--help", "--version"}


def main() -> None:
    """Run the command that the arguments name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEVELOPMENT)
    embedded = os.environ["DJANGO_SETTINGS_MODULE"] == DEVELOPMENT and not os.environ.get("DATABASE_URL")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    try:
        compile_translations()
        if embedded and command not in WITHOUT_DATABASE:
            start_for_this_process()
        execute_from_command_line(sys.argv)
    except EmbeddedPostgresError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
