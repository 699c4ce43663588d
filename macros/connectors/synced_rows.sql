{#-
  The first of some columns that a table has, as a boolean.

  Args:
    columns (dict): `source_columns` of the table, which the query calls `source`.
    names (list of str): the columns, the preferred one first.
    missing (SQL): what null is, and all where the table has none of them; default: false.
  Returns: SQL, a boolean.
-#}
{% macro source_flag(columns, names, missing='false') -%}
  {%- set given = names | select('in', columns) | list -%}
  {{ 'coalesce(cast(source.' ~ given[0] ~ ' as boolean), ' ~ missing ~ ')' if given else missing }}
{%- endmacro %}


{#-
  What the latest load says of each row, without those that are deleted: a loader writes a row that changed again under
  its id, in its place or, in some warehouses, below it.

  Args:
    relation (str): the CTE of the rows, with `loaded_at` and `is_deleted`.
    key (str): the column that holds the row's id.
    columns (list of str): the columns to give.
  Returns: SQL, a query.
-#}
{% macro latest_rows(relation, key, columns) -%}
select {{ columns | join(', ') }}
from (
    select
        *,
        row_number() over (
            partition by {{ key }}
            order by loaded_at desc nulls last, is_deleted desc
                {%- for column in columns if column not in ('loaded_at', key) %}, {{ column }} nulls last{% endfor %}
        ) as place
    from {{ relation }}
) as ranked
where place = 1 and not is_deleted
{%- endmacro %}
