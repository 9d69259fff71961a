"""Where the pages of the official form end."""

from hypothesis import given
from hypothesis import strategies as st

from runut.sop.rules.paper import LOWEST, ROOM, height, page_ends


def test_a_row_is_as_high_as_its_longest_column_and_never_lower_than_its_symbol():
    short = [["Mencatat"], ["Nota"], ["1 hari"], ["Catatan"], []]
    long = [["Mencatat"], ["Nota"], ["1 hari"], ["Catatan"], ["Dihadiri bersama; salah satu mencatat hasilnya"] * 3]

    assert (height(short), height(long) > 2 * LOWEST) == (LOWEST, True)


@given(st.lists(st.integers(LOWEST, 300), max_size=40))
def test_no_page_is_fuller_than_its_room_and_none_is_empty(heights):
    ends = sorted(page_ends(heights, ROOM))
    starts = [0, *(end + 1 for end in ends)]
    pages = [heights[a:b] for a, b in zip(starts, [*starts[1:], len(heights)], strict=True)]

    assert all(sum(page) <= ROOM for page in pages)
    assert all(pages) or not heights
    assert len(heights) - 1 not in ends
