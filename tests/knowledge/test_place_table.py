import pytest

from demarche.knowledge.place_table import PlaceTableError, read_table


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,lat\nPost 7,1\n", "line 1: the column 'lon' is missing"),
        ("name,lat,lon,type\nPost 7,1,2,camp\n", "line 1: unknown column 'type'; remove it"),
        ("name,lat,lon\nPost 7,north,2\n", "line 2, field lat: 'north' cannot be used; give a number"),
        ("name,lat,lon\nPost 7,,2\n", "line 2, field lat: '' cannot be used; give a number"),
        ("name,lat,lon\nPost 6,1,2\nPost 7,1,200\n", "line 3, field lon: '200' cannot be used; it must lie between -180 and 180"),
        ("name,lat,lon\nPost 7,nan,2\n", "field lat: 'nan'"),
        ("name,lat,lon,country\nPost 7,1,2,Niger\n", "line 2, field country: 'Niger' cannot be used; give an ISO 3166 alpha-3 code"),
        ("name,lat,lon,precision\nPost 7,1,2,village\n", "line 2, field precision: 'village' cannot be used; use one of point, town"),
        ("name,lat,lon\n,1,2\n", "line 2, field name: '' cannot be used"),
        ("name,lat,lon\nPost 7,1\n", "line 2: not as many fields as columns"),
        ("name,lat,lon\nPost 7,1,2,3\n", "line 2: not as many fields as columns"),
    ],
)
def test_errors_name_line_field_and_remedy(tmp_path, text, said):
    path = tmp_path / "own.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(PlaceTableError) as error:
        list(read_table(path))
    assert str(path) in str(error.value) and said in str(error.value)


def test_rows_are_read_under_all_their_names(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("\ufeffname,aliases,adjectives,lat,lon\nOld Fort,The Fort|Old Fort,Forter,1.5,-2\n", "utf-8")
    assert [(key, place.match) for key, place in read_table(path)] == [("old ft", "name"), ("ft", "alias"), ("forter", "adjective")]
