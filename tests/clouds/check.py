"""Read rendered SQL as an engine would, and say what is wrong with it: run as render.py is.

    .tools/clouds/bin/python tests/clouds/check.py snowflake target/snowflake

prints JSON: `statements` (how many were read), `problems` (sentences), `functions` (names that
stand before a parenthesis), `types` (of casts and columns) and `names` (unquoted ones, of columns,
tables and CTEs).
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import sqlglot
import trino_sql_validator
from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ErrorLevel, SqlglotError
from sqlglot.optimizer.scope import Scope, build_scope
from sqlglot.tokens import TokenType

# BigQuery's `numeric`: so many digits before the point, and so many after.
BIGQUERY_DIGITS, BIGQUERY_SCALE = 29, 9
# Planning a statement that named 483 took Spark four minutes and ended a server of 512 MB; the one
# that names most names 138.
TOO_MANY_SOURCES = 200
NUMBERED = (exp.RowNumber, exp.Rank, exp.DenseRank, exp.Lag, exp.Lead)


def function_names(sql: str, dialect: str) -> set[str]:
    """The names that stand right before a parenthesis, outside of texts and comments.

    Args:
        sql: a statement.
        dialect: sqlglot's name of the engine.
    """
    tokens = Dialect.get_or_raise(dialect).tokenize(sql)
    return {
        name.text.lower()
        for name, parenthesis in zip(tokens, tokens[1:], strict=False)
        if parenthesis.token_type == TokenType.L_PAREN
        and name.end + 1 == parenthesis.start
        and name.text.replace("_", "").isalnum()
        and not name.text.isdigit()
    }


def named_sources(scope: Scope) -> int:
    """How many tables a query names once its common table expressions are written out.

    Args:
        scope: the query's.
    """
    selected = [source for _, source in scope.selected_sources.values()]
    queries = [source for source in selected if isinstance(source, Scope)]
    within = [*queries, *scope.set_operation_scopes, *scope.subquery_scopes]
    return len(selected) - len(queries) + sum(map(named_sources, within))


def refusals(tree: exp.Expression, engine: str) -> Iterator[str]:
    """What parses, and the engine refuses all the same.

    Args:
        tree: a statement.
        engine: the engine's name.

    Yields:
        A sentence each.
    """
    for window in tree.find_all(exp.Window):
        is_framed = window.args.get("spec") or not window.args.get("order")
        if engine == "redshift" and not is_framed and not isinstance(window.this, NUMBERED):
            yield f"an aggregate over an order needs a frame: {window.sql()}"
    scope = build_scope(tree) if engine == "databricks" else None
    if scope and (number := named_sources(scope)) >= TOO_MANY_SOURCES:
        yield f"Spark would plan {number} sources: materialise a step with shared_step()"
    for shifted in tree.find_all(exp.Lag, exp.Lead):
        if engine == "redshift" and shifted.args.get("default"):
            yield f"lag and lead have no default: {shifted.sql()}"
    for kind in tree.find_all(exp.DataType):
        digits = [int(size.name) for size in kind.find_all(exp.DataTypeParam)]
        is_plain = kind.is_type("decimal") and not kind.is_type("bigdecimal")
        if engine == "bigquery" and is_plain and len(digits) == 2:
            precision, scale = digits
            if scale > BIGQUERY_SCALE or precision - scale > BIGQUERY_DIGITS:
                yield f"numeric has not so many digits: {kind.sql()}"


def trees(sql: str, engine: str) -> list[exp.Expression]:
    """Parse statements.

    Args:
        sql: one or more, parted by semicolons.
        engine: the engine's name.

    Raises:
        SqlglotError: it can't be parsed, or is of no kind that the parser knows.
    """
    parsed = [
        tree for tree in sqlglot.parse(sql, read=engine, error_level=ErrorLevel.RAISE) if tree
    ]
    for tree in parsed:
        if isinstance(tree, exp.Command) and tree.name.lower() != "analyze":
            raise SqlglotError(f"{tree.name} isn't understood")
    return parsed


def trino_problems(sql: str) -> list[str]:
    """What a validator of Trino's grammar, functions and types has to say against statements.

    Args:
        sql: one or more; a longer one than it takes is left to sqlglot.
    """
    said = trino_sql_validator.validate(sql, jinja="reject")
    if said.error and "complexity exceeded" in str(said.error):
        return []
    return [str(found) for found in [*filter(None, [said.error]), *said.warnings]]


def main(arguments: list[str]) -> int:
    """Read all statements and print what was found.

    Args:
        arguments: the engine, and the folder that render.py filled.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engine")
    parser.add_argument("folder", type=Path)
    given = parser.parse_args(arguments)
    found = {name: set() for name in ("functions", "types", "names")}
    problems, statements = [], 0
    for path in sorted(given.folder.glob("*/*.sql")):
        place, sql = f"{path.parent.name}/{path.name}", path.read_text()
        try:
            parsed = trees(sql, given.engine)
        except SqlglotError as problem:
            problems.append(f"{place}: {str(problem)[:300]}")
            continue
        if given.engine == "trino":
            problems += [f"{place}: {text}" for text in trino_problems(sql)]
        found["functions"] |= function_names(sql, given.engine)
        for tree in parsed:
            statements += 1
            problems += [f"{place}: {text}" for text in refusals(tree, given.engine)]
            found["types"] |= {kind.this.value.lower() for kind in tree.find_all(exp.DataType)}
            names = (name for name in tree.find_all(exp.Identifier) if not name.args.get("quoted"))
            found["names"] |= {name.name.lower() for name in names}
    said = {name: sorted(values) for name, values in found.items()}
    print(json.dumps({"statements": statements, "problems": problems} | said))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
