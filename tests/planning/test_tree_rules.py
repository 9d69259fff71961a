"""Drawing a tree: nothing overlaps, every line leads from a box to what serves it."""

from hypothesis import given
from hypothesis import strategies as st

from runut.planning.rules import HEIGHT, WIDTH, Node, draw, every

leaves = st.builds(Node, kind=st.just("indicator"), pk=st.integers(1, 9), text=st.text("ab ", min_size=1, max_size=200))
trees = st.recursive(
    leaves,
    lambda below: st.builds(
        Node, kind=st.just("sasaran"), pk=st.integers(1, 9), text=st.just("Sasaran"),
        children=st.lists(below, max_size=4).map(tuple),
    ),
    max_leaves=25,
)  # fmt: skip


@given(trees)
def test_no_two_boxes_overlap_and_all_lie_in_the_picture(root):
    drawn = draw(root)

    assert [box.node for box in drawn.boxes] == list(every([root]))
    places = [(box.x, box.y) for box in drawn.boxes]
    for number, (x, y) in enumerate(places):
        assert 0 <= x <= drawn.width - WIDTH and 0 <= y <= drawn.height - HEIGHT
        for other_x, other_y in places[number + 1 :]:
            assert abs(x - other_x) >= WIDTH or abs(y - other_y) >= HEIGHT
    assert len(drawn.lines) == len(drawn.boxes) - 1


@given(trees)
def test_words_are_cut_to_what_fits_and_say_so(root):
    for box in draw(root).boxes:
        assert len(box.lines) <= 3
        assert all(len(line) <= 31 for line in box.lines)


def test_what_is_served_stands_beside_the_first_of_what_serves_it():
    drawn = draw(Node("plan", 1, "PK", children=tuple(Node("sasaran", n, "S") for n in (1, 2, 3))))

    root, first, second, third = drawn.boxes
    assert (root.y, first.y) == (0, 0) and 0 < second.y < third.y
    assert drawn.lines[1] == f"M{WIDTH} {HEIGHT // 2}H{WIDTH + 26}V{second.y + HEIGHT // 2}H{second.x}"
