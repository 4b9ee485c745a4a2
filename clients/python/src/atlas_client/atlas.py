"""A published release, as rows and frames that carry their licence and caveats."""

import gzip
import json
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Union
from urllib.parse import urljoin

from .files import AtlasError, cache_folder, fetch, keep

__all__ = ["Atlas", "AtlasError", "Rows"]

CONTRACT = "1"
# They may lie on another origin, which `status.json` of the site names.
LARGE_FOLDERS = ("measurements/", "domain_country_weekly/", "domain/", "network/")


class Rows(List[Dict[str, Any]]):
    """Rows as dicts by column. `about` holds release, licence, attribution, citation and caveats."""

    about: Dict[str, Any]

    def __init__(self, rows: Sequence[Dict[str, Any]], about: Dict[str, Any]) -> None:
        super().__init__(rows)
        self.about = about


class Atlas:
    """A release as it is when this is made. `site` is the address of a front page or of its data folder."""

    def __init__(self, site: str, cache: Union[str, Path, None] = None) -> None:
        if "://" not in site:
            raise AtlasError(f"{site} is no address. Name a front page, as https://example.org/, or a data folder below one.")
        base = site if site.endswith("/") else f"{site}/"
        found = None
        for folder in (f"{base}data/", base):
            found = fetch(f"{folder}manifest.json")
            if found is not None:
                self.data_url = folder
                break
        if found is None:
            raise AtlasError(f"There is no Atlas at {base}. Name its front page, or its data folder.")
        self.manifest: Dict[str, Any] = _read_json(found, f"{self.data_url}manifest.json")
        version = str(self.manifest.get("contract_version", ""))
        if version.split(".")[0] != CONTRACT:
            raise AtlasError(
                f"The data follow contract {version}, this client contract {CONTRACT}. Install a client for that contract."
            )
        self._cache = cache_folder(cache)
        self._slices: Optional[List[Dict[str, Any]]] = None
        self._caveats: Optional[List[str]] = None
        self._large_url: Optional[str] = None

    @property
    def release(self) -> str:
        """`2024-11-29-1a2b3c4d`: the newest day covered, and a hash of inputs and rules."""
        return self.manifest["data_version"]

    @property
    def synthetic(self) -> bool:
        """Whether the data are a generated sample that describes nothing real."""
        return self.manifest["synthetic"]

    @property
    def tables(self) -> List[str]:
        """Names of the tables that this release holds."""
        return sorted({file["table"] for file in self.manifest["files"]})

    @property
    def slices(self) -> List[Dict[str, Any]]:
        """Parts of tables at addresses that never change, with rows, bytes, checksum and licence."""
        if self._slices is None:
            url = f"{self.data_url}slices.json"
            listed = _read_json(fetch(url) or b"", url)
            if listed.get("data_version") != self.release:
                raise AtlasError("The site was updated in between. Open the Atlas again.")
            self._slices = listed["files"]
        return self._slices

    @property
    def caveats(self) -> List[str]:
        """What must be known to read the numbers, as the site says it; empty where only a data folder is published."""
        if self._caveats is None:
            text = fetch(urljoin(self.data_url, "../reading.txt")) or b""
            self._caveats = [line for line in text.decode("utf-8").splitlines() if line.strip()]
        return self._caveats

    def citation(self) -> str:
        """The release and the publishers that it is made from, in words."""
        year = self.release[:4]
        based = "; ".join(source["citation"] for source in self.manifest["sources"])
        return f"Interference Atlas contributors ({year}). Interference Atlas, data release {self.release}. Based on: {based}. {self.data_url}"

    def rows(self, kind: str, key: str, table: str, licence: Optional[str] = None) -> Rows:
        """A slice as rows. `kind` is country, network or domain; `key` is `KE`, `AS337xx` or `example.org`."""
        found = self._find_slice(kind, key, table, licence)
        path = self._keep(found)
        body = path.read_bytes()
        # Long slices are given compressed.
        read = _read_json(gzip.decompress(body) if found["path"].endswith(".gz") else body, found["path"])
        columns = read["columns"]
        about = self._about(read["licence"], read["licence_url"], read["attribution"])
        return Rows([dict(zip(columns, row)) for row in read["rows"]], about)

    def frame(self, kind: str, key: str, table: str, licence: Optional[str] = None) -> Any:
        """The same as a pandas frame; `frame.attrs["atlas"]` holds what is said of it."""
        pandas = _need("pandas")
        rows = self.rows(kind, key, table, licence)
        frame = pandas.DataFrame(list(rows)).convert_dtypes()
        for name in ("day", "week"):
            if name in frame:
                frame[name] = pandas.to_datetime(frame[name])
        frame.attrs["atlas"] = rows.about
        return frame

    def table(
        self,
        table: str,
        probe_cc: Optional[str] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
        licence: Optional[str] = None,
        columns: Optional[Sequence[str]] = None,
    ) -> Any:
        """A table, or what of it can match, as a pandas frame from its Parquet files. `until` is exclusive."""
        pandas, parquet = _need("pandas"), _need("pyarrow.parquet")
        if table not in self.tables:
            raise AtlasError(f"There is no table {table}. These are the tables: {', '.join(self.tables)}.")
        files = [file for file in self.manifest["files"] if file["table"] == table]
        files = [file for file in files if licence is None or file["licence"] == licence]
        licences = sorted({file["licence"] for file in files})
        if len(licences) > 1:
            raise AtlasError(f"Rows of {table} stand under {', '.join(licences)}. Choose one: licence=\"{licences[0]}\".")
        wanted = [file for file in files if _may_match(file, probe_cc, since, until)]
        frames = [
            # One file, not a data set: its columns hold what its path says.
            parquet.ParquetFile(self._keep(file)).read().to_pandas()
            # Without any file that matches, the first gives the columns.
            for file in (wanted or files[:1])
        ]
        if not frames:
            raise AtlasError(f"{table} has no file under {licence}. Leave the licence out to see which there are.")
        frame = pandas.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
        if probe_cc is not None and "probe_cc" in frame:
            frame = frame[frame["probe_cc"] == probe_cc]
        time = next((name for name in ("day", "week") if name in frame), None)
        if time is not None:
            days = pandas.to_datetime(frame[time])
            frame = frame.assign(**{time: days})
            if since is not None:
                frame = frame[frame[time] >= pandas.Timestamp(since)]
            if until is not None:
                frame = frame[frame[time] < pandas.Timestamp(until)]
        elif "month" in frame:
            if since is not None:
                frame = frame[frame["month"] >= since[:7]]
            if until is not None:
                frame = frame[frame["month"] + "-01" < until]
        if columns is not None:
            frame = frame[list(columns)]
        frame = frame.reset_index(drop=True)
        frame.attrs["atlas"] = self._about_files(files)
        return frame

    def _keep(self, file: Dict[str, Any]) -> Path:
        home = self.data_url
        if file["path"].startswith(LARGE_FOLDERS):
            if self._large_url is None:
                # A site that says nothing has them where all others are.
                status = fetch(urljoin(self.data_url, "../status.json"))
                said = {} if status is None else _read_json(status, "status.json")
                self._large_url = said.get("large_tables_url", self.data_url)
            home = self._large_url
        return keep(home, file["path"], file["sha256"], self._cache)

    def _find_slice(self, kind: str, key: str, table: str, licence: Optional[str]) -> Dict[str, Any]:
        found = [
            one
            for one in self.slices
            if (one["kind"], one["key"], one["table"], one["format"]) == (kind, key, table, "json")
            and (licence is None or one["licence"] == licence)
        ]
        if not found:
            raise AtlasError(f"There is no slice {table} of {kind} {key}. `atlas.slices` lists those that there are.")
        if len(found) > 1:
            names = ", ".join(one["licence"] for one in found)
            raise AtlasError(f"Rows of {table} stand under {names}. Choose one: licence=\"{found[0]['licence']}\".")
        return found[0]

    def _about_files(self, files: Sequence[Dict[str, Any]]) -> Dict[str, Any]:
        """Attribution of every source under the licence of these files."""
        slug = files[0]["licence"]
        same = [source for source in self.manifest["sources"] if _slug(source["licence"]) == slug]
        return self._about(
            same[0]["licence"] if same else slug,
            same[0]["licence_url"] if same else None,
            " ".join(source["attribution"] for source in same),
        )

    def _about(self, licence: str, licence_url: Optional[str], attribution: str) -> Dict[str, Any]:
        return {
            "release": self.release,
            "synthetic": self.synthetic,
            "licence": licence,
            "licence_url": licence_url,
            "attribution": attribution,
            "citation": self.citation(),
            "caveats": list(self.caveats),
            "url": self.data_url,
        }


def _slug(licence: str) -> str:
    """`CC-BY-NC-SA-4.0` → `cc-by-nc-sa`, as files name it."""
    if licence.startswith("CC0"):
        return "cc0"
    return licence.replace("LicenseRef-", "").lower().removesuffix("-4.0")


def _may_match(file: Dict[str, Any], probe_cc: Optional[str], since: Optional[str], until: Optional[str]) -> bool:
    place = file["partition"].get("probe_cc")
    if probe_cc is not None and place is not None and place != probe_cc:
        return False
    # Days are YYYY-MM-DD, so text order is time order.
    if since is not None and file["until"] is not None and file["until"] <= since:
        return False
    return not (until is not None and file["since"] is not None and file["since"] >= until)


def _read_json(data: bytes, name: str) -> Dict[str, Any]:
    try:
        read = json.loads(data.decode("utf-8"))
    except ValueError as error:
        raise AtlasError(f"{name} is no JSON. Name the address of a published Atlas.") from error
    if not isinstance(read, dict):
        raise AtlasError(f"{name} is of another shape. Name the address of a published Atlas.")
    return read


def _need(module: str) -> Any:
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.split(".")[0]
        raise AtlasError(f"This needs {package}. Install it: pip install \"atlas-client[parquet]\".") from error
