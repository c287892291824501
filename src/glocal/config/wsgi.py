"""Django as a WSGI application: everything that is not a hot read or a live stream."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "glocal.config.settings")
application = get_wsgi_application()
