{{ config(severity='warn') }}
-- Kept and worth nothing until somebody decides: a weight of 0 says that it was decided.
select score_model, event_type, interactions
from {{ ref('int_unweighted_event_types') }}
