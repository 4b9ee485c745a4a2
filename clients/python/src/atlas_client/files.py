"""Files of a site: fetched once, kept by their checksum, never handed out when they differ."""

import hashlib
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Optional, Union

TIMEOUT = 60


class AtlasError(Exception):
    """What is wrong, and what to do about it."""


def cache_folder(given: Union[str, Path, None]) -> Path:
    """The folder that was named, else the usual one of the machine."""
    if given is not None:
        return Path(given)
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "atlas-client"


def fetch(url: str) -> Optional[bytes]:
    """The bytes at an address; None where there is no such file."""
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as reply:
            return reply.read()
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise AtlasError(f"{url} was answered with {error.code}. Try again later.") from error
    except (urllib.error.URLError, OSError) as error:
        raise AtlasError(f"{url} cannot be reached: {error}. Check the address and the connection.") from error


def keep(base: str, path: str, sha256: str, folder: Path) -> Path:
    """A file of the release on this machine. `path` is relative to `base`."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise AtlasError(f"The checksum of {path} is no SHA-256. The release is broken: tell its operator.")
    if path.startswith("/") or ":" in path.split("/")[0] or ".." in path.split("/"):
        raise AtlasError(f"{path} leads out of the data folder. The release is broken: tell its operator.")
    kept = folder / sha256
    if kept.exists() and hashlib.sha256(kept.read_bytes()).hexdigest() == sha256:
        return kept
    url = urllib.parse.urljoin(base, urllib.parse.quote(path, safe="/="))
    data = fetch(url)
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        raise AtlasError(
            f"{url} is not the file that the release names. "
            "The site was probably updated in between: open the Atlas again."
        )
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{sha256}.{os.getpid()}.part"
    part.write_bytes(data)
    part.replace(kept)
    return kept
