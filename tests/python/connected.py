"""A project whose raw data lie in the tables that other systems load, a schema a system."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

from projects import ROOT, TinyProject

CATALOGUES = ROOT / "connectors"
RAW_TABLES = Path(__file__).parent / "connectors"
# As a user writes them, for the tables of tests/python/connectors/<system>.sql.
CONNECTORS: list[dict[str, Any]] = [
    {
        "system": "segment",
        "schema": "segment_prod",
        "tables": ["tracks", "pages", "identifies", "users", "aliases", "order_completed"],
        "lookback_days": 3,
    },
    {"system": "rudderstack", "schema": "rudder_web"},
    {"system": "snowplow", "schema": "atomic"},
    {"system": "ga4", "schema": "analytics_123"},
    {"system": "amplitude", "schema": "amplitude_export", "tables": {"events": "events_187520"}},
    {
        "system": "mixpanel",
        "schema": "mixpanel_export",
        "tables": ["mp_master_event", "mp_identity_mappings_data_view"],
        "time_zone": "Europe/Berlin",
    },
    {"system": "posthog", "schema": "posthog_export"},
    {"system": "shopify", "schema": "shopify_prod"},
    {"system": "stripe", "schema": "stripe_prod"},
    {"system": "zendesk", "schema": "zendesk_prod"},
    {"system": "klaviyo", "schema": "klaviyo_prod"},
    {"system": "hubspot", "schema": "hubspot_prod"},
    {"system": "intercom", "schema": "intercom_prod", "time_zone": "Europe/Berlin"},
]


def connect(
    project: TinyProject, connectors: list[dict[str, Any]], channels: str = "commerce, support"
) -> None:
    """Let a copy of the tiny project read connectors, and nothing else.

    Args:
        project: the copy, without a warehouse yet.
        connectors: what its var `connectors` says.
        channels: what its var `channels` says.
    """
    settings = project.folder / "dbt_project.yml"
    text = settings.read_text()
    own = "    interaction_models: [tiny_events]\n    customers_model: tiny_customers\n"
    assert own in text
    # Whatever is JSON is YAML.
    named = f"    connectors: {json.dumps(connectors)}\n"
    settings.write_text(text.replace(own, named).replace("[]", f"[{channels}]", 1))
    # Nobody lists its own ones any more.
    shutil.rmtree(project.folder / "models")


def load(project: TinyProject, systems: list[str]) -> None:
    """Write the raw tables of some systems into the project's warehouse."""
    with project.connect() as warehouse:
        for system in systems:
            warehouse.execute((RAW_TABLES / f"{system}.sql").read_text())


def catalogue(file: str, systems: list[str]) -> list[str]:
    """The rows of the systems' catalogues, each once, below their common header.

    Args:
        file: `event_types.csv` or `event_weights.csv`.
        systems: whose.
    """
    lines: dict[str, None] = {}
    for system in systems:
        lines.update(dict.fromkeys((CATALOGUES / system / file).read_text().splitlines()))
    return list(lines)


def use_catalogues(project: TinyProject, systems: list[str]) -> None:
    """Take the systems' catalogues as the project's seeds."""
    for file in ("event_types.csv", "event_weights.csv"):
        (project.folder / "seeds" / file).write_text("\n".join(catalogue(file, systems)) + "\n")
    models = (CATALOGUES / "score_models.csv").read_text()
    (project.folder / "seeds" / "score_models.csv").write_text(models)
    rates = project.folder / "seeds" / "exchange_rates.csv"
    header = rates.read_text().splitlines()[0]
    rates.write_text(header + "\nEUR,EUR,1,,\nUSD,EUR,0.9,,\nJPY,EUR,0.01,,\n")


def event_types(system: str) -> set[str]:
    """The event types of a system's catalogue."""
    with (CATALOGUES / system / "event_types.csv").open() as rows:
        return {row["event_type"] for row in csv.DictReader(rows)}
