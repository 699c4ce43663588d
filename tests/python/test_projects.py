"""Copies of the tiny project are apart, though one is parsed from what another left."""

from conftest import copy_tiny_project


def test_a_copy_reads_its_own_seeds(tmp_path_factory) -> None:
    """Of two copies with the same files, one of which changes a seed after its parse."""
    first, second = (copy_tiny_project(tmp_path_factory.mktemp("copy")) for _ in range(2))
    first.manifest()
    first.seed("event_weights").write_text("")
    seeds = [node for node in second.manifest().nodes.values() if node.resource_type == "seed"]
    assert {node.root_path for node in seeds if node.package_name == "tiny"} == {str(second.folder)}
