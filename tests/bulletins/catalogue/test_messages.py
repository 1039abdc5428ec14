"""What is said between the processes arrives as it was said."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.boundary import BOUNDARY_ACTS, Boundary
from bulletins.catalogue import messages as m

paths = st.binary(max_size=30).map(os.fsdecode)
events = (
    st.builds(m.Reading, paths)
    | st.builds(m.IssueRead, paths, st.text(), st.sampled_from(["parsed", "refined"]))
    | st.builds(m.FileFailed, paths, st.text())
    | st.builds(m.FindingMentions, st.text())
    | st.builds(m.MentionsFound, st.text(), st.booleans())
    | st.builds(m.MentionsFailed, st.text(), st.text())
    | st.builds(m.ReaderIdle)
)
boundaries = st.builds(
    Boundary, st.sampled_from(BOUNDARY_ACTS), st.text(), st.text(), st.text(), st.booleans()
)
requests = (
    st.builds(m.ReadRequest, st.lists(paths).map(tuple), st.booleans(), st.booleans())
    | st.builds(m.BoundariesRequest, paths, st.text(), st.lists(boundaries).map(tuple))
    | st.builds(m.MentionsRequest, st.text(), st.booleans())
    | st.builds(m.StopRequest)
)


@given(events)
def test_an_event_is_one_line_of_ascii(event: m.Event) -> None:
    line = m.encode_event(event)
    assert line.isascii()
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert m.decode_event(line) == event


@given(requests)
def test_a_request_is_one_line_of_ascii(request: m.Request) -> None:
    line = m.encode_request(request)
    assert line.isascii()
    assert line.count(b"\n") == 1
    assert m.decode_request(line) == request


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"read": 1}',
        b'{"read": [1]}',
        b"[" * 100_000,
        b'{"stop": 0}',
        b'{"tell": "/a", "issue": "i", "boundaries": [["end", "a", "", "", false]]}',
    ],
)
def test_other_lines_are_passed_over(line: bytes) -> None:
    assert m.decode_event(line) is None
    assert m.decode_request(line) is None


def test_short_requests_will_do() -> None:
    assert m.decode_request(b'{"read": ["/a"]}') == m.ReadRequest(("/a",))
    assert m.decode_request(b'{"mentions": "i"}') == m.MentionsRequest("i")
