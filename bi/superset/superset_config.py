"""Superset's settings: nothing leaves this machine, and secrets come from the environment.

SUPERSET_HOME is the folder of its own tables, SUPERSET_SECRET_KEY the key that signs its sessions.
"""

import os

SECRET_KEY = os.environ["SUPERSET_SECRET_KEY"]

# What a page may load. Superset's own list names machines that count visits, serve maps and fonts.
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'", "data:"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}
