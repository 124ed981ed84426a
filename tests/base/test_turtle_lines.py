"""The lines on which Turtle names a term."""

from kg.base import term_lines


def test_lines_of_terms_are_found_past_strings_comments_and_brackets() -> None:
    text = '''PREFIX e: <http://e/>
# e:no a e:comment .
e:a e:b """
e:c . e:d a e:e .
""" , 'e:x .' ; e:p 1.5, -2 , [ e:q e:r . ] .
e:f.g a e:h.e:i a e:j .
<http://e/k> e:l ( e:m ) .'''
    lines = term_lines(text)
    assert lines.subjects == {"http://e/a": 3, "http://e/f.g": 6, "http://e/k": 7}
    assert lines.mentions["http://e/q"] == 5
    assert "http://e/no" not in lines.mentions
