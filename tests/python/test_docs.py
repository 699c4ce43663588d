"""dbt's own documentation of the built sample, and the lineage of its columns."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from browser import visit
from projects import ROOT, Project

sys.path.insert(0, str(ROOT / "scripts"))
import docs  # noqa: E402


def test_the_catalogue_knows_what_the_manifest_does(catalog: Path) -> None:
    """Every table and view of the build, by the same id; and the SQL that made it."""
    manifest = json.loads((catalog / "manifest.json").read_text())
    stored = {
        key
        for key, node in manifest["nodes"].items()
        if node["resource_type"] in ("model", "seed")
        and node["config"]["materialized"] != "ephemeral"
    }
    assert stored == set(json.loads((catalog / "catalog.json").read_text())["nodes"])
    assert manifest["nodes"]["model.customer_engagement.customer_scores"]["compiled_code"]


def test_without_a_warehouse_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one sentence, and dbt makes no empty one."""
    monkeypatch.setenv("CUSTOMER_ENGAGEMENT_DUCKDB", str(tmp_path / "none.duckdb"))
    assert docs.main(["--folder", str(tmp_path)]) == 1
    assert "run `make build` first" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def pages(sample: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of both pages, as `make docs` writes them."""
    folder = tmp_path_factory.mktemp("docs")
    # This process may hold the sample's own.
    warehouse = folder / sample.warehouse.name
    shutil.copy(sample.warehouse, warehouse)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUSTOMER_ENGAGEMENT_DUCKDB", str(warehouse))
        assert docs.main(["--folder", str(folder)]) == 0
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(("page", "shown"), [("dbt", "customer_scores"), ("lineage", "models")])
def test_a_browser_opens_a_page_on_its_own(
    pages: Path, page: str, shown: str, tmp_path: Path
) -> None:
    """No request to another machine, and the project is on it."""
    file = pages / f"{page}.html"
    # dbt's page has its parts apart, so the model is asked for by its address.
    anchor = "#!/model/model.customer_engagement.customer_scores" if page == "dbt" else ""
    seen = visit(file, tmp_path, anchor)
    assert not seen.requests
    body = re.sub(r"<script.*?</script>", "", seen.page, flags=re.DOTALL)
    assert shown in body


@pytest.mark.slow
def test_every_mart_has_its_columns_traced(pages: Path) -> None:
    """Nothing stopped the tool at a model; a union's columns come from all of its parts."""
    written = pages / docs.ARTIFACTS / "lineage"
    assert not (written / "colibri-parsing-errors.json").exists()
    lineage = json.loads((written / "colibri-manifest.json").read_text())
    parents = lineage["lineage"]["parents"]
    untraced = [
        node["name"]
        for key, node in lineage["nodes"].items()
        if "marts" in Path(node["path"] or "").parts
        and not any(parents.get(key, {}).get(column) for column in node["columns"])
    ]
    assert not untraced
    values = parents["model.customer_engagement.engagement_metrics"]["value"]
    assert {parent["dbt_node"].rsplit(".", 1)[1] for parent in values} >= {
        "email_metrics",
        "web_metrics",
    }
