"""A channel whose source is absent is left out of the var `channels`; all else still builds."""

import json

import pytest
from projects import Project, TinyProject
from test_incremental_metrics import CHANNELS, FIRST_LOAD

WITHOUT = [
    pytest.param(channel, marks=[] if channel == "web" else pytest.mark.slow)
    for channel in CHANNELS
]


def left(channel: str) -> str:
    """The vars that leave a channel out."""
    return json.dumps({"channels": [other for other in CHANNELS if other != channel]})


@pytest.mark.parametrize("channel", WITHOUT)
def test_a_channel_is_left_out(tiny: TinyProject, channel: str) -> None:
    """Its metrics are gone, those of the others are there, and every data test passes."""
    tiny.write_events(FIRST_LOAD)
    outcome = tiny.dbt(
        "build", "--exclude-resource-type", "unit_test", "--vars", left(channel), "--threads", "2"
    )
    assert outcome.success, outcome.messages
    listed = tiny.rows("select distinct channel from main_marts.engagement_metrics")
    assert {name for (name,) in listed} == {"all", *CHANNELS} - {channel}


@pytest.mark.slow
@pytest.mark.parametrize("channel", ["web", "commerce", "survey"])
def test_the_sample_builds_without_a_source(sample: Project, tmp_path, channel: str) -> None:
    """The sample company without the raw tables of one channel; other marts read these three."""
    project = Project(sample.folder, tmp_path)
    outcome = project.dbt("build", "--exclude-resource-type", "unit_test", "--vars", left(channel))
    assert outcome.success, outcome.messages
    sources = project.rows("select distinct source from intermediate.int_interactions")
    # The CRM and billing belong to no channel; each other channel has at least one source.
    assert len(sources) >= 7
    listed = project.rows("select distinct channel from marts.engagement_metrics")
    assert {name for (name,) in listed} == {"all", *CHANNELS} - {channel}
