with fit_points as (
    select
        *,
        row_number() over (
            order by attribute_name, attribute_value, size_from, size_to, valid_from, valid_to, fit_points
        ) as row_id
    from {{ ref('stg_settings__fit_points') }}
),

checked as (
    select
        *,
        coalesce(attribute_name, '(no attribute)') || ' / ' || case
            when coalesce(attribute_name, '') <> 'account_size' then coalesce(attribute_value, '(no value)')
            else coalesce(cast(size_from as {{ dbt.type_string() }}), '(no size)')
                || coalesce(' to ' || cast(size_to as {{ dbt.type_string() }}), ' or more')
        end as row_key,
        case
            when attribute_name <> 'account_size' then {{ previous_validity('attribute_name, attribute_value') }}
        end as previous_valid_to
    from fit_points
),

shared_sizes as (
    select checked.row_key
    from checked
    inner join fit_points as other_rows
        on
            checked.row_id <> other_rows.row_id
            and checked.attribute_name = other_rows.attribute_name
            and checked.size_from <= coalesce(other_rows.size_to, checked.size_from)
            and coalesce(checked.size_to, other_rows.size_from) >= other_rows.size_from
            and checked.valid_from <= other_rows.valid_to
            and checked.valid_to >= other_rows.valid_from
    where checked.attribute_name = 'account_size'
),

problems as (
    {{ settings_problems('checked', 'fit_points.csv', [
        ("attribute_name is null or attribute_name not in ('" ~ fit_attributes() | join("', '") ~ "')", "no customer has this attribute: write one of " ~ fit_attributes() | join(", ") ~ "."),
        ("attribute_name <> 'account_size' and attribute_value is null", "the attribute has no value: write the one that gets the points, or delete the row."),
        ("attribute_name <> 'account_size' and (size_from is not null or size_to is not null)", "only account_size has sizes: empty size_from and size_to."),
        ("attribute_name = 'account_size' and attribute_value is not null", "account_size has no value: empty it, and write size_from and size_to."),
        ("attribute_name = 'account_size' and coalesce(size_from, 0) < 1", "size_from is empty or below 1: write the fewest users that an account of this size has."),
        ("size_from > size_to", "size_from is above size_to: swap or correct them."),
        ("fit_points is null", "the points are empty: write a number, 0 for no points."),
        ("fit_points < 0", "the points are below 0: give what fits worst 0, and the others more."),
    ] + validity_checks()) }}
    union all
    {{ settings_problems('shared_sizes', 'fit_points.csv', [
        ("true", "the sizes overlap those of another row that is valid on the same day: narrow one, or end it before."),
    ]) }}
)

select distinct seed_file, row_key, problem from problems
