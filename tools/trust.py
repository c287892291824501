"""Certificate authorities: makes downloads trust whom this machine trusts, as in companies with their own."""

import os
from pathlib import Path

# uv and Node bring lists of their own and do not look at these unless told
BUNDLES = (
    Path("/etc/ssl/certs/ca-certificates.crt"),  # Debian, Ubuntu, Arch
    Path("/etc/pki/tls/certs/ca-bundle.crt"),  # Fedora, Red Hat
    Path("/etc/ssl/ca-bundle.pem"),  # SUSE
    Path("/etc/ssl/cert.pem"),  # Alpine, macOS
)


def machines_authorities() -> dict[str, str]:
    """Return the settings that make uv and Node trust the machine's authorities, where it has a list of them.

    What the user has set already stays as it is.
    """
    bundle = os.environ.get("SSL_CERT_FILE") or next((str(path) for path in BUNDLES if path.is_file()), None)
    if bundle is None:
        return {}
    wanted = {"UV_SYSTEM_CERTS": "1", "NODE_EXTRA_CA_CERTS": bundle}
    return {name: value for name, value in wanted.items() if name not in os.environ}
