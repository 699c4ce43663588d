"""Fill the blocks of output in the README and in docs/ from the commands that print them.

A block starts with the line `<!-- output: NAME -->` and ends with `<!-- /output -->`; NAME is a key
of `BLOCKS`. `python scripts/readme.py` writes them anew, or those of the pages that it is given; a
test fails where they have drifted.
"""

import json
import re
import shlex
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import reference
import yaml
from ask_metrics import configured, semantic_manifest
from dbt.cli.main import dbtRunner
from dbt_metricflow.cli import main as metricflow

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"(<!-- output: (.+?) -->\n).*?(<!-- /output -->)", re.DOTALL)
# A macro of one engine: its engine, its name, its body; what it prints, and what it only decides.
ENGINE_MACRO = re.compile(r"\{% macro ([a-z]+)__(\w+)\(.*?%\}(.*?)\{%-? endmacro", re.DOTALL)
PRINTED = re.compile(r"\{\{ return\('(\w+)'\) \}\}|\{\{ (.*?) \}\}", re.DOTALL)
MACRO_LOGIC = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
LONGEST_SQL = 160
ENGINES = {
    "default": "default",
    "bigquery": "BigQuery",
    "databricks": "Databricks",
    "duckdb": "DuckDB",
    "postgres": "Postgres",
    "redshift": "Redshift",
    "snowflake": "Snowflake",
    "spark": "Spark",
    "trino": "Trino",
}
BREAKDOWN = """
select
  event_type,
  event_count as events,
  cast(counted_events as decimal(9, 2)) as counted,
  cast(weight as decimal(9, 1)) as weight,
  cast(points as decimal(9, 2)) as points,
  cast(100 * share_of_score as decimal(9, 1)) as percent
from marts.customer_score_contributions
where customer_id = 'C0560' and comparison = 'latest' and points <> 0
order by contribution_rank
"""
STORY = """
select
  cast(engagement_index as decimal(9, 1)) as engagement_index,
  stable_band,
  stable_band_since,
  trend,
  risk_reasons,
  cast(index_change_30_days as decimal(9, 1)) as index_change_30_days,
  change_reasons,
  cast(index_at_stake as decimal(9, 1)) as index_at_stake,
  next_band,
  next_steps,
  next_action,
  next_action_reason
from marts.customer_engagement
where customer_id = 'C0560'
"""
INDEX = """
select
  cast(sum(points) as decimal(9, 2)) as raw_score,
  cast(max(scores.benchmark) as decimal(9, 2)) as benchmark,
  cast(max(scores.engagement_index) as decimal(9, 1)) as engagement_index,
  max(scores.band) as band
from marts.customer_score_contributions as parts
inner join marts.customer_engagement as scores on parts.customer_id = scores.customer_id
where parts.customer_id = 'C0560' and parts.comparison = 'latest'
"""


def printed_by_dbt(*arguments: str) -> str:
    """What a dbt command prints.

    Args:
        arguments: as on the command line.

    Returns:
        Its standard output, without white space at the ends of lines.

    Raises:
        RuntimeError: the command failed.
    """
    printed = StringIO()
    with redirect_stdout(printed):
        result = dbtRunner().invoke(["--quiet", *arguments])
    if not result.success:
        raise RuntimeError(f"dbt {' '.join(arguments)} failed: {result.exception}")
    return "\n".join(line.rstrip() for line in printed.getvalue().strip("\n").splitlines())


def fenced(text: str) -> str:
    """A text as a block of code."""
    return f"```text\n{text}\n```\n"


def summary() -> str:
    """The summary of the last build."""
    return fenced(printed_by_dbt("run-operation", "engagement_summary"))


def breakdown() -> str:
    """The breakdown of one customer's score, as a query would give it."""
    shown = printed_by_dbt("show", "--limit", "20", "--inline", BREAKDOWN)
    return f"```sql{BREAKDOWN}```\n\n" + fenced(shown)


def index() -> str:
    """How one customer's index comes from the points."""
    return f"```sql{INDEX}```\n\n" + fenced(printed_by_dbt("show", "--inline", INDEX))


def story() -> str:
    """One customer's row, a column a line."""
    shown = printed_by_dbt("show", "--output", "json", "--inline", STORY)
    row = json.loads(shown)["show"][0]
    width = max(map(len, row))
    lines = (f"{name:{width}}  {'-' if value is None else value}" for name, value in row.items())
    return f"```sql{STORY}```\n\n" + fenced("\n".join(lines))


def seeds() -> str:
    """A table of the seeds, from their yml."""
    lines = ["| seed | what it holds |", "| --- | --- |"]
    for path in sorted((ROOT / "seeds").glob("*.yml")):
        for seed in yaml.safe_load(path.read_text())["seeds"]:
            lines.append(f"| `{seed['name']}` | {' '.join(seed['description'].split())} |")
    return "\n".join(lines) + "\n"


def variables() -> str:
    """A table of the vars: name, default and the comment above it in dbt_project.yml."""
    block = (ROOT / "dbt_project.yml").read_text().partition("\nvars:\n")[2].partition("\n\n")[0]
    lines, comments = ["| var | default | meaning |", "| --- | --- | --- |"], []
    for line in block.splitlines():
        if line.strip().startswith("#"):
            comments.append(line.strip(" #"))
            continue
        name, _, default = line.strip().partition(": ")
        lines.append(f"| `{name}` | `{default}` | {' '.join(comments)} |")
        comments = []
    return "\n".join(lines) + "\n"


def metrics() -> str:
    """A table of the metrics, from the yml of their marts."""
    return printed_by_dbt("run-operation", "print_metrics") + "\n"


def asked(question: str) -> str:
    """A question to the semantic layer and its answer.

    Args:
        question: the arguments of MetricFlow's query, a line each.

    Returns:
        The command in the shell, and what it prints.
    """
    printed = StringIO()
    with redirect_stdout(printed):
        metricflow.query.main(
            [*shlex.split(question), "--quiet"], standalone_mode=False, obj=configured(logs=False)
        )
    answer = "\n".join(line.rstrip() for line in printed.getvalue().strip("\n").splitlines())
    command = question.strip().replace("\n", " ")
    return f'```sh\nmake metric ARGS="query {command}"\n```\n\n' + fenced(answer)


def activity_by_plan() -> str:
    """Active customers by plan."""
    return asked(
        """--metrics active_customers_30_days,active_ratio_30_days,stickiness_30_days
--group-by customer__plan --order customer__plan"""
    )


def customers_by_band() -> str:
    """Customers by band."""
    return asked(
        """--metrics customers,mean_engagement_score,at_risk_share
--group-by customer_on_date__band --order -mean_engagement_score"""
    )


def growth_by_month() -> str:
    """A saved query."""
    return asked("--saved-query growth_by_month --order metric_time__month")


def semantic_layer() -> str:
    """A table of the semantic layer's metrics, by what they are asked by."""
    manifest = semantic_manifest()
    rows = [(metric.name, " ".join(metric.description.split())) for metric in manifest.metrics]
    lines = ["| metric | meaning |", "| --- | --- |"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in sorted(rows)]
    return "\n".join(lines) + "\n"


def engine_macros() -> str:
    """A table of what each macro of macros/engine says to which engine."""
    lines = ["| macro | engine | SQL |", "| --- | --- | --- |"]
    for path in sorted((ROOT / "macros" / "engine").glob("*.sql")):
        for match in ENGINE_MACRO.finditer(path.read_text()):
            engine, name, body = match.groups()
            printed = PRINTED.sub(lambda found: found[1] or found[2], body)
            said = " ".join(MACRO_LOGIC.sub("", printed).split())
            if len(said) > LONGEST_SQL or "{%- do" in body or "{%- else" in body:
                said = f"see {path.relative_to(ROOT)}"
            shown = f"`{said}`".replace("|", "\\|") if said else "nothing"
            lines.append(f"| `{name}` | {ENGINES[engine]} | {shown} |")
    return "\n".join(lines) + "\n"


BLOCKS: dict[str, Callable[[], str]] = {
    "make summary": summary,
    "one customer": story,
    "one score": breakdown,
    "one index": index,
    "seeds": seeds,
    "vars": variables,
    "metrics": metrics,
    "activity by plan": activity_by_plan,
    "customers by band": customers_by_band,
    "growth by month": growth_by_month,
    "semantic layer": semantic_layer,
    "marts": reference.marts,
    "seed columns": reference.seed_columns,
    "macros": reference.macros,
    "relations": reference.entity_relations,
    "engine macros": engine_macros,
}


def filled(text: str) -> str:
    """A page's text with every block written anew.

    Args:
        text: the page as it is.

    Raises:
        KeyError: a block's name isn't one of `BLOCKS`.
    """
    return BLOCK.sub(lambda match: match[1] + BLOCKS[match[2]]() + match[3], text)


if __name__ == "__main__":
    for page in map(Path, sys.argv[1:] or PAGES):
        page.write_text(filled(page.read_text()))
    sys.exit(0)
