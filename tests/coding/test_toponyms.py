import pytest

from demarche.coding.toponyms import country_place, resolve
from demarche.knowledge.gazetteer import Gazetteer
from demarche.records import Span


def places(text, *names, **options):
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    return resolve(text, spans, **options)


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1", "precision"),
    [
        ("Gunmen attacked a convoy near Agadez in Niger.", "Agadez", "NER", "Agadez", "town"),
        ("Two marchers were held in Springfield, Illinois, on Friday.", "Springfield", "USA", "Illinois", "town"),
        ("Crowds filled the squares of Hyderabad, Pakistan.", "Hyderabad", "PAK", "Sindh", "town"),
        ("Soldiers fired on Lebanon's Tripoli.", "Tripoli", "LBN", "Liban-Nord", "town"),
        ("Argentine police searched houses in Cordoba.", "Cordoba", "ARG", "Cordoba", "town"),
        ("Fighters crossed into Borno state.", "Borno state", "NGA", "Borno", "admin1"),
        ("A tanker was boarded in the Strait of Hormuz.", "Strait of Hormuz", None, None, "point"),
        ("Drought spread across the Sahel.", "Sahel", None, None, "region"),
        ("Talks resumed in Qatar.", "Qatar", "QAT", None, "country"),
    ],
)
def test_one_place(text, name, country, admin1, precision):
    (place,) = places(text, name)
    assert place is not None
    assert (place.country, place.admin1, place.precision) == (country, admin1, precision)
    assert text[place.span.start : place.span.end] == place.span.text == name


def test_names_of_a_report_are_resolved_together():
    state, city = places("Voters in Georgia waited for hours, officials in Atlanta said.", "Georgia", "Atlanta")
    country, capital = places("The opposition in Georgia marched through Tbilisi.", "Georgia", "Tbilisi")
    assert (state.country, state.precision, city.country) == ("USA", "admin1", "USA")
    assert (country.country, country.precision, capital.country) == ("GEO", "country", "GEO")


def test_an_international_report_means_the_well_known_places():
    found = places("Beijing warned Washington over Taiwan, and London protested.", "Beijing", "Washington", "Taiwan", "London")
    assert [place.country for place in found] == ["CHN", "USA", "TWN", "GBR"]


def test_one_sense_a_name():
    text = "Clashes shook Tripoli. The mayor of Tripoli, Libya, asked for calm."
    first, second = (text.index("Tripoli"), text.rindex("Tripoli"))
    a, b = resolve(text, [(first, first + 7), (second, second + 7)])
    assert a.country == b.country == "LBY" and a.geonames_id == b.geonames_id


def test_countries_of_the_report_decide():
    text = "Shots were heard in Valencia on Sunday."
    assert places(text, "Valencia", countries={"VEN": 6})[0].country == "VEN"
    assert places(text, "Valencia", countries={"ESP": 6})[0].country == "ESP"


def test_an_unknown_place_lies_in_the_area_named_beside_it():
    (place,) = places("Troops entered Qarvatzu, Idaho, at dawn.", "Qarvatzu")
    assert (place.name, place.country, place.admin1, place.precision, place.geonames_id) == ("Qarvatzu", "USA", "Idaho", "admin1", None)


def test_an_unknown_place_lies_around_the_nearest_town():
    place, _ = places("Shells hit the Zhurvek market, ten minutes from Bakhmut.", "Zhurvek", "Bakhmut")
    assert (place.country, place.precision, place.geonames_id) == ("UKR", "region", None)


def test_an_unknown_place_lies_in_the_country_of_the_report():
    text = "Kenyan police stormed the Lumumba Social Hall. Kenya's opposition called the raid illegal."
    (place,) = places(text, "Lumumba Social Hall")
    assert (place.name, place.country, place.precision, place.geonames_id) == ("Lumumba Social Hall", "KEN", "country", None)


def test_a_building_lies_in_the_town_of_its_name():
    (place,) = places("The Nairobi High Court in Kenya threw out the case.", "Nairobi High Court")
    assert (place.country, place.precision) == ("KEN", "region")


def test_either_name_of_a_place_will_do():
    (place,) = places("The siege of Kobani (Ain al-Arab), Syria, was lifted.", "Kobani (Ain al-Arab)")
    assert (place.country, place.precision) == ("SYR", "town")


def test_transliterations():
    (place,) = places("Syrian troops took Al-Sukhnah and the road east of it.", "Al-Sukhnah")
    assert (place.country, round(place.lat)) == ("SYR", 35)


def test_owned_places():
    (place,) = places("Thousands fled Sudan's Blue Nile state.", "Sudan's Blue Nile state")
    assert (place.country, place.precision) == ("SDN", "admin1")


@pytest.mark.parametrize("name", ["the park", "his office", "Qxyzzt"])
def test_what_cannot_be_placed_is_none(name):
    assert places(f"He was seen at {name} again.", name) == [None]


def test_a_misspelt_name_needs_support():
    assert (
        places("The ceremony in Mogadisco was short.", "Mogadisco")[0] is None
        or places("The ceremony in Mogadisco was short.", "Mogadisco")[0].country == "SOM"
    )


def test_own_places_come_first(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,lat,lon,country\nParis,13.9,8.1,NER\n", "utf-8")
    (place,) = places("Shots rang out in Paris, France.", "Paris", gazetteer=Gazetteer.load(path))
    assert (place.country, place.lat) == ("NER", 13.9)


def test_country_place():
    span = Span(0, 5, "Niger")
    place = country_place("NER", span)
    assert (place.name, place.lat, place.lon, place.geonames_id, place.precision, place.span) == ("Niger", 16.0, 8.0, 2440476, "country", span)
    assert country_place("XKX", span).name == "Kosovo"
    assert country_place("IGO", span) is None


def test_no_names_no_places():
    assert resolve("Nothing happened.", []) == []
