"""A var or seed that makes no sense stops the run with one plain sentence, tables untouched."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Project, TinyProject

BROKEN_VARS = {
    "channels": (
        ["web", "pigeon"],
        "channels lists 'pigeon': write some of web, product, email, social, commerce, support,"
        " survey, loyalty.",
    ),
    "as_of_date": ("yesterday", "as_of_date is 'yesterday': write a date as YYYY-MM-DD."),
    "earliest_event_date": (
        "2026-02-30",
        "earliest_event_date is '2026-02-30': write a date as YYYY-MM-DD.",
    ),
    "reporting_timezone": (
        "Mars/Olympus",
        "reporting_timezone is 'Mars/Olympus': write an IANA name such as Europe/Berlin.",
    ),
    "history_grain": ("fortnight", "history_grain is 'fortnight': write day, week or month."),
    "history_periods": (0, "history_periods is '0': write a whole number of at least 1."),
    "stale_after_days": (-1, "stale_after_days is '-1': write a whole number of at least 0."),
    "session_timeout_minutes": (
        0,
        "session_timeout_minutes is '0': write a whole number of at least 1.",
    ),
    "raw_data_location": (
        "",
        "raw_data_location is '': write the folder that holds the raw files.",
    ),
}


def test_broken_vars_stop_every_command(sample: Project) -> None:
    """Every problem is named at once, each with the var and the mend, and no node runs."""
    values = {name: value for name, (value, _) in BROKEN_VARS.items()}
    # Other tests read what dbt wrote when it built the sample.
    command = ("run", "--no-write-json", "--select", "stg_settings__event_types")
    outcome = sample.dbt(*command, "--vars", json.dumps(values))
    assert not outcome.success
    for _, sentence in BROKEN_VARS.values():
        assert sentence in outcome.messages
    assert set(outcome.statuses.values()) <= {"skipped", "error"}


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text of a file, which must be there."""
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def tiny_var(tiny: TinyProject, old: str, new: str) -> None:
    """Change the tiny project's dbt_project.yml."""
    edit(tiny.folder / "dbt_project.yml", old, new)


def break_models(tiny: TinyProject) -> None:
    """Name models that lack a column or a contract, tell times with a zone, or say nonsense."""
    models = tiny.folder / "models"
    events = models / "tiny_events.yml"
    edit(events, "      - {name: loaded_at, data_type: timestamp}\n", "")
    edit(models / "tiny_events.sql", "*", "* exclude (loaded_at)")
    edit(events, "occurred_at, data_type: timestamp}", "occurred_at, data_type: timestamptz}")
    nonsense = "meta: {customer_engagement: {lookback_days: 0, stale_after_days: a week}}"
    edit(events, "materialized: view", f"{nonsense}\n      materialized: view")
    edit(models / "tiny_customers.yml", "enforced: true", "enforced: false")
    tiny_var(tiny, "[tiny_events]", "[tiny_events, tiny_events, event_types]")
    tiny_var(tiny, "history_periods", "subscriptions_model: tiny_events\n    history_periods")


def name_no_events(tiny: TinyProject) -> None:
    """Name no model of interactions, and subscriptions that nobody has."""
    tiny_var(tiny, "[tiny_events]", "[]")
    tiny_var(tiny, "history_periods", "subscriptions_model: tiny_customers\n    history_periods")
    edit(tiny.folder / "models" / "tiny_customers.yml", "name: customer_id", "name: person_id")


BROKEN_MODELS = {
    break_models: [
        "interaction_models names the model 'tiny_events', which lacks loaded_at:"
        " add what is missing to the model and to its yml.",
        "interaction_models names the model 'tiny_events', whose occurred_at has a time zone:"
        " cast it to a timestamp in UTC, and say timestamp in the yml.",
        "interaction_models names the model 'tiny_events', whose lookback_days is '0':"
        " write a whole number of at least 1, or all.",
        "interaction_models names the model 'tiny_events', whose stale_after_days is 'a week':"
        " write a whole number of at least 0.",
        "interaction_models lists a model twice: keep one, or every row is its own duplicate.",
        "interaction_models names 'event_types', which isn't a model: correct the name.",
        "customers_model names the model 'tiny_customers', whose contract isn't enforced:"
        " set contract: {enforced: true} in its yml.",
        "subscriptions_model names the model 'tiny_events', which lacks subscription_id, mrr,"
        " started_on, ended_on: add what is missing to the model and to its yml.",
    ],
    name_no_events: [
        "interaction_models is empty: list the models that hold your interactions, or name your"
        " connectors, under vars in dbt_project.yml.",
        "subscriptions_model names the model 'tiny_customers', which says of no period whose it"
        " is: add account_id or customer_id to the model and to its yml.",
    ],
}


@pytest.mark.parametrize("break_them", BROKEN_MODELS)
def test_models_that_break_their_contract_stop_the_run(
    tiny: TinyProject, break_them: Callable[[TinyProject], None]
) -> None:
    """Every problem is named at once, from the manifest, before anything runs."""
    break_them(tiny)
    outcome = tiny.dbt("run", "--select", "stg_settings__event_types")
    assert not outcome.success
    for sentence in BROKEN_MODELS[break_them]:
        assert sentence in outcome.messages


BROKEN_SEEDS = {
    "gap between bands": (
        ("score_bands", "70,100", "71,100"),
        "score_bands.csv, row engaged: there is a gap between the band and the one below it:"
        " start it where that one ends.",
    ),
    "overlapping weights": (
        (
            "event_weights",
            "everybody,visit,1,,,,",
            "everybody,visit,1,,,,2026-01-01\neverybody,visit,2,,,2026-01-01,",
        ),
        "event_weights.csv, row everybody / visit: the validity overlaps that of another row"
        " with the same key: end one before the other starts.",
    ),
    "a weight for an unknown event type": (
        ("event_weights", "everybody,login,1", "everybody,logon,1"),
        "event_weights.csv, row everybody / logon: the event type isn't in event_types.csv:"
        " add it there, or correct it here.",
    ),
    "an empty weight": (
        ("event_weights", "everybody,upgrade,50", "everybody,upgrade,"),
        "event_weights.csv, row everybody / upgrade: the weight is empty:"
        " write a number, 0 for no points.",
    ),
    "an event type twice": (
        ("event_types", "purchase,Purchase", "login,Login again"),
        "event_types.csv, row login: the event type stands in more than one row: keep one.",
    ),
    "half a fitted model": (
        ("clv_parameters", "valid_to\n", "valid_to\nbg_nbd,0.2,4.4,,2.4,,,,,,\n"),
        "clv_parameters.csv, row bg_nbd: bg_nbd needs r, alpha, a, b, each above 0:"
        " write what the fit gave.",
    ),
    "points below 0": (
        ("fit_points", "plan,pro,,,4", "plan,pro,,,-4"),
        "fit_points.csv, row plan / pro: the points are below 0: give what fits worst 0,"
        " and the others more.",
    ),
    "a playbook for an unknown band": (
        ("playbooks", "low,disengaged", "low,disengage"),
        "playbooks.csv, row low: score_bands.csv has no such band: write one of its bands,"
        " unscored, or nothing for any.",
    ),
    "a cool-down as long as the history": (
        ("playbooks", "Say thanks,email,3,3,", "Say thanks,email,3,5,"),
        "playbooks.csv, row back: cool_down_days isn't shorter than the kept history:"
        " write at most 4, or raise history_periods.",
    ),
    "no benchmark": (
        ("score_models", "fixed,100", "fixed,0"),
        "score_models.csv, row everybody: a fixed benchmark must be above 0:"
        " write the raw score that is worth an index of 100.",
    ),
}


@pytest.mark.parametrize("command", ["build", "run"])
def test_broken_seeds_stop_the_run_before_any_table(tiny: TinyProject, command: str) -> None:
    """Every problem is named at once; what was built before stays as it was."""
    tiny.write_events(
        [{"customer_id": "a", "event_type": "visit", "occurred_at": "2026-06-30 12:00:00"}]
    )
    built = tiny.dbt("build", "--exclude-resource-type", "unit_test")
    assert built.success, built.messages
    before = tables(tiny)
    for edit, _ in BROKEN_SEEDS.values():
        tiny.edit_seed(*edit)
    if command == "run":
        assert tiny.dbt("seed").success
    outcome = tiny.dbt(
        command, *(["--exclude-resource-type", "unit_test"] if command == "build" else [])
    )
    assert not outcome.success
    for _, sentence in BROKEN_SEEDS.values():
        assert sentence in outcome.messages
    touched = {name for name, status in outcome.statuses.items() if status == "success"}
    assert not touched & {"int_raw_partitions", "int_interactions", "customer_scores"}
    assert tables(tiny) == before


def test_a_currency_without_a_rate_stops_the_marts_of_orders(tiny: TinyProject) -> None:
    """The sentence names currency, file and mend; with a rate, the order is converted."""
    models = tiny.folder / "models"
    edit(
        models / "tiny_events.sql",
        "*",
        "*, 'XAU' as currency",
    )
    edit(
        models / "tiny_events.yml",
        "      - {name: loaded_at, data_type: timestamp}\n",
        "      - {name: loaded_at, data_type: timestamp}\n"
        "      - {name: currency, data_type: string}\n",
    )
    tiny.write_events(
        [
            {
                "customer_id": "a",
                "event_type": "purchase",
                "occurred_at": "2026-06-30 12:00:00",
                "amount": 10,
            }
        ]
    )
    command = ("build", "--select", "+customer_value", "+commerce_metrics")
    command += ("--exclude-resource-type", "unit_test", "test")
    command += ("--vars", '{"channels": ["commerce"]}')
    outcome = tiny.dbt(*command)
    assert not outcome.success
    assert (
        "exchange_rates.csv has no rate for XAU on 2026-06-30 (orders and refunds without one: 1):"
        " add a row that is valid then, of rate 1 where XAU is the currency that you report in."
    ) in outcome.messages
    assert outcome.statuses["customer_value"] == outcome.statuses["commerce_metrics"] == "skipped"
    tiny.edit_seed("exchange_rates", "valid_to\n", "valid_to\nXAU,EUR,2.5,2026-06-30,\n")
    outcome = tiny.dbt(*command)
    assert outcome.success, outcome.messages
    assert tiny.rows("select customer_id, net_revenue from main_marts.customer_value") == [
        ("a", 25)
    ]


def tables(tiny: TinyProject) -> dict[str, int]:
    """DuckDB's own number of every table that holds data: a table built anew has another."""
    return dict(
        tiny.rows(
            "select schema_name || '.' || table_name, table_oid from duckdb_tables()"
            " where schema_name in ('main_marts', 'main_intermediate')"
            " and table_name not like 'int_settings_problems%'"
        )
    )
