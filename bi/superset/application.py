"""Superset's own tables, made once, and the application that is served from a copy of them.

Run as a program, it makes the tables and roles in SUPERSET_HOME. `served` is what the server
starts; the administrator's name and password come from SUPERSET_ADMIN and SUPERSET_PASSWORD.
Superset's Python runs both.
"""

import os

from flask import Flask
from flask_migrate import upgrade
from superset.app import create_app


def make_tables() -> None:
    """Make the tables and the roles, as `superset db upgrade` and `superset init` do."""
    app = create_app()
    with app.app_context():
        upgrade()
        app.appbuilder.add_permissions(update_perms=True)
        app.appbuilder.sm.sync_role_definitions()


def served() -> Flask:
    """Superset with one administrator.

    Returns:
        The application.

    Raises:
        SystemExit: the administrator can't be added.
    """
    app = create_app()
    with app.app_context():
        security = app.appbuilder.sm
        name = os.environ["SUPERSET_ADMIN"]
        role = security.find_role(security.auth_role_admin)
        password = os.environ["SUPERSET_PASSWORD"]
        if not security.add_user(name, name, name, f"{name}@localhost", role, password):
            raise SystemExit("Superset has not added its administrator.")
    return app


if __name__ == "__main__":
    make_tables()
