"""Whatever the OpenAPI document allows, and whatever it forbids: no 5xx, and every answer is one that it tells of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.stories.town import CODE, PLAN
from tests.web.api_client import API, program
from tests.web.town_hall import LEAD, MONITOR, UNDATED, TownHall, town_hall

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
OPERATIONS = [
    ("GET", "/directives"),
    ("GET", "/directives/{code}"),
    ("GET", "/standings"),
    ("GET", "/entries"),
    ("POST", "/entries"),
    ("POST", "/records"),
    ("GET", "/units"),
    ("GET", "/requests"),
    ("GET", "/health"),
]
REAL = {
    "directive": st.sampled_from([CODE, PLAN, UNDATED]),
    "code": st.sampled_from([CODE, PLAN, UNDATED]),
    "metric": st.sampled_from(["khoi-cong", "giai-ngan", "tinh-hinh"]),
    "milestone": st.sampled_from(["khoi-cong", "giai-ngan-40", "giai-ngan-100"]),
    "subject": st.sampled_from(["da-01", "da-02", None]),
    "value": st.sampled_from(
        ["xong", "45%", "2,3 tỷ/5,1 tỷ", "12/19", "1e9%", "999999999999999999999999999999%", "½%"]
    ),
    "as_of": st.dates().map(str) | st.just("2024-09-26"),
}
"""Names that there are: by others nothing is reached but the first refusal."""
QUICKLY = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
_numbers = count()


@pytest.fixture(scope="module")
def hall(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownHall]:
    home = tmp_path_factory.mktemp("api") / "home"
    with town_hall(prepared_home, home, api_per_minute="100000") as opened:
        yield opened


@pytest.fixture(scope="module")
def keys(hall: TownHall) -> list[str]:
    return [str(program(hall, person).key) for person in (LEAD, MONITOR)]


@pytest.fixture(scope="module")
def document(hall: TownHall) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi(f"{API}/openapi.json", hall.app)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_nothing_that_can_be_sent_breaks_it(
    document: schemathesis.BaseSchema, keys: list[str], method: str, path: str
) -> None:
    operation = document[path][method]
    allowed, forbidden = (operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE))
    named = st.builds(_named, allowed, st.fixed_dictionaries(REAL))

    statuses: list[int] = []

    @QUICKLY
    @given(case=st.one_of(named, named, allowed, forbidden), key=st.sampled_from(keys))
    def sent(case: Case[Any], key: str) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {key}"})
        case.validate_response(answer, checks=CHECKS)
        statuses.append(answer.status_code)

    sent()
    assert statuses
    assert max(statuses) < 500


def test_every_operation_of_the_document_is_tried(document: schemathesis.BaseSchema) -> None:
    paths = document.raw_schema["paths"]
    assert {(method.upper(), path) for path, methods in paths.items() for method in methods} == set(OPERATIONS)


def _named(case: Case[Any], real: dict[str, Any]) -> Case[Any]:
    """With names that there are in the place of those that were made up, and asked for the first time."""
    rows = case.body.get("records") if isinstance(case.body, dict) else None
    for part in (case.path_parameters, case.body, *(rows if isinstance(rows, list) else ())):
        if isinstance(part, dict):
            part |= {name: value for name, value in real.items() if name in part}
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = f"lan-{next(_numbers)}"
    return case
