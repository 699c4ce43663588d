"""What dbt works out again in each of the hundreds of runs of one test process, remembered."""

from functools import lru_cache, wraps

import dbt.compilation
import dbt_common.exceptions.base
import dbt_common.tests
import jinja2
from dbt.artifacts.resources import InjectedCTE
from pytest import MonkeyPatch


def remember(patch: MonkeyPatch) -> None:
    """Let dbt find a result that it had before, where the result depends on a text alone.

    Two fifths of a run went into compiling the same templates, taking the same statements apart to
    find their first word, and looking for secrets.

    Args:
        patch: undoes it.
    """
    # What dbt's own tests remember of a parse.
    patch.setattr(dbt_common.tests, "_TEST_CACHING_ENABLED", True)
    inject = dbt.compilation.inject_ctes_into_sql
    compile_template = jinja2.Environment.compile
    environments: dict[type[jinja2.Environment], jinja2.Environment] = {}

    @lru_cache(maxsize=2_000)
    def injected(sql: str, ctes: tuple[str, ...]) -> str:
        return inject(sql, [InjectedCTE(id="", sql=cte) for cte in ctes])

    @lru_cache(maxsize=20_000)
    def compiled(kind: type[jinja2.Environment], source: str) -> object:
        return compile_template(environments[kind], source)

    @wraps(compile_template)
    def compile_once(self: jinja2.Environment, source, *arguments, **options) -> object:
        # Which templates there are, and what a name in them means, is looked up when they run.
        if not isinstance(source, str) or arguments or options:
            return compile_template(self, source, *arguments, **options)
        environments.setdefault(type(self), self)
        return compiled(type(self), source)

    patch.setattr(
        dbt.compilation,
        "inject_ctes_into_sql",
        lambda sql, ctes: injected(sql, tuple(cte.sql for cte in ctes)) if ctes else sql,
    )
    patch.setattr(jinja2.Environment, "compile", compile_once)
    # Each of thousands of exceptions that dbt raises and catches looks for secrets to hide.
    patch.setattr(dbt_common.exceptions.base, "env_secrets", list)
