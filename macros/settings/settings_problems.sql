{#-
  The rows of a checked seed that fail a check, each with a plain sentence.

  Args:
    checked (str): the CTE with the seed's rows, `row_key` and what the conditions need.
    seed_file (str): the file that the reader has to edit.
    checks (list of (condition, sentence)): SQL that is true for a bad row, and what to do about it.
  Returns: SQL, a select with `seed_file`, `row_key` and `problem`. The seed is read once, whatever the number of
    checks: an engine that plans each of many selects would plan for longer than it works.
-#}
{% macro settings_problems(checked, seed_file, checks) %}
    select
        cast('{{ seed_file }}' as {{ dbt.type_string() }}) as seed_file,
        cast(row_key as {{ dbt.type_string() }}) as row_key,
        case check_number
            {%- for _, sentence in checks %}
            when {{ loop.index }} then cast('{{ dbt.escape_single_quotes(sentence) }}' as {{ dbt.type_string() }})
            {%- endfor %}
        end as problem
    from {{ checked }}
    cross join (
        {%- for _ in checks %}
        select {{ loop.index }} as check_number
        {{- ' union all' if not loop.last }}
        {%- endfor %}
    ) as checks
    where
        case check_number
            {%- for condition, _ in checks %}
            when {{ loop.index }} then {{ condition }}
            {%- endfor %}
        end
{%- endmacro %}


{#-
  The checks of a seed with `valid_from` and `valid_to`.

  The checked CTE gives `previous_valid_to`, the end of the row before it of the same key
  (`previous_validity`).

  Returns: list of (condition, sentence).
-#}
{% macro validity_checks() %}
  {{ return([
    ('valid_from > valid_to', 'valid_from is after valid_to: swap or correct them.'),
    ('previous_valid_to >= valid_from', 'the validity overlaps that of another row with the same key: end one before the other starts.'),
  ]) }}
{% endmacro %}


{#-
  The end of the row before this one among the rows of one key.

  Args:
    key (str): the columns of the key, comma separated.
  Returns: SQL, a date or null. Where any two rows of a key overlap, two neighbours by start do.
-#}
{% macro previous_validity(key) -%}
  lag(valid_to) over (partition by {{ key }} order by valid_from, valid_to)
{%- endmacro %}


{#-
  Puts the calling model behind the check of the seeds: where the check fails, dbt skips it.

  Written as a dependency at parse time, since no column is read.

  Returns: nothing.
-#}
{% macro behind_settings_check() %}
  {%- if not execute -%}
    {%- do ref('int_settings_problems') -%}
  {%- endif -%}
{% endmacro %}


{#-
  Stops the run where the calling model, the list of the seeds' problems, has a row.

  Returns: nothing.
  Errors: a compilation error with file, row and mend of each problem.
-#}
{% macro stop_on_settings_problems() %}
  {%- if execute -%}
    {%- set problems = run_query('select seed_file, row_key, problem from ' ~ this ~ ' order by seed_file, row_key, problem') -%}
    {%- set sentences = [] -%}
    {%- for row in problems.rows -%}
      {%- do sentences.append(row[0] ~ ', row ' ~ row[1] ~ ': ' ~ row[2]) -%}
    {%- endfor -%}
    {%- if sentences -%}
      {{ exceptions.raise_compiler_error('The seeds make no sense, so no table was touched.\n' ~ sentences | join('\n')) }}
    {%- endif -%}
  {%- endif -%}
{% endmacro %}
