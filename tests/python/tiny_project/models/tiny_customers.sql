select * from {{ source('tiny', 'customers') }}
