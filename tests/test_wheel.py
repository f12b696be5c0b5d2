"""The wheel carries the schema, the example of a scheme, the templates and what is kept of earlier versions, and runs
without the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

from support.plain_environment import plain_environment

ROOT = Path(__file__).parent.parent
DATA = {".j2", ".json", ".typ"}
"""Of what lies beside the modules: templates, and what is kept of earlier versions of the schema."""


def test_installed_wheel_creates_a_ledger(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    inside = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        assert {"anjian_cli/schema.sql", "anjian_cli/schemes/county-2026.toml"} <= set(archive.namelist())
        package = ROOT / "src" / "anjian_cli"
        beside = {path.relative_to(package.parent).as_posix() for path in package.rglob("*.*") if path.suffix in DATA}
        assert beside <= set(archive.namelist())
        assert {Path(name).suffix for name in beside} == DATA
        archive.extractall(inside)
    environment = plain_environment(PYTHONPATH=str(inside), HOME=str(tmp_path))
    ran = subprocess.run(
        [sys.executable, "-m", "anjian_cli", "--db", "x.db", "init", "--区划", "330784"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "永康市" in ran.stdout
    code = (
        "import anjian_cli, anjian_cli.ledger.schema as s; print(anjian_cli.__file__); s.text();"
        "from anjian_cli.exchange import scheme_examples as e; print(e.path_of('县级2026').read_bytes()[:3])"
    )
    where = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert where.stdout.startswith(str(inside))
    assert "b'#" in where.stdout
