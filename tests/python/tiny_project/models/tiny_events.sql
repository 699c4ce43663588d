select * from {{ source('tiny', 'events') }}
