"""The columns of the formats of others, as their publishers list them."""

from __future__ import annotations


def _names(text: str) -> list[str]:
    return text.split(", ")


POLECAT = _names(
    "Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW, Primary Actor Sector, Actor Sectors, "
    "Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name, Recipient Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, "
    "Recipient Title, Recipient Name Raw, Wikipedia Recipient ID, Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, "
    "Raw Placename, Feature Type, Source, Publication Date, Story People, Story Organizations, Story Locations, Language, Version"
)
ICEWS = _names(
    "Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity, Target Name, Target Sectors, Target Country, "
    "Story ID, Sentence Number, Publisher, City, District, Province, Country, Latitude, Longitude"
)
GDELT = _names(
    "GLOBALEVENTID, SQLDATE, MonthYear, Year, FractionDate, Actor1Code, Actor1Name, Actor1CountryCode, Actor1KnownGroupCode, Actor1EthnicCode, "
    "Actor1Religion1Code, Actor1Religion2Code, Actor1Type1Code, Actor1Type2Code, Actor1Type3Code, Actor2Code, Actor2Name, Actor2CountryCode, "
    "Actor2KnownGroupCode, Actor2EthnicCode, Actor2Religion1Code, Actor2Religion2Code, Actor2Type1Code, Actor2Type2Code, Actor2Type3Code, IsRootEvent, "
    "EventCode, EventBaseCode, EventRootCode, QuadClass, GoldsteinScale, NumMentions, NumSources, NumArticles, AvgTone, Actor1Geo_Type, Actor1Geo_FullName, "
    "Actor1Geo_CountryCode, Actor1Geo_ADM1Code, Actor1Geo_ADM2Code, Actor1Geo_Lat, Actor1Geo_Long, Actor1Geo_FeatureID, Actor2Geo_Type, Actor2Geo_FullName, "
    "Actor2Geo_CountryCode, Actor2Geo_ADM1Code, Actor2Geo_ADM2Code, Actor2Geo_Lat, Actor2Geo_Long, Actor2Geo_FeatureID, ActionGeo_Type, ActionGeo_FullName, "
    "ActionGeo_CountryCode, ActionGeo_ADM1Code, ActionGeo_ADM2Code, ActionGeo_Lat, ActionGeo_Long, ActionGeo_FeatureID, DATEADDED, SOURCEURL"
)
MENTIONS = _names(
    "GLOBALEVENTID, EventTimeDate, MentionTimeDate, MentionType, MentionSourceName, MentionIdentifier, SentenceID, Actor1CharOffset, Actor2CharOffset, "
    "ActionCharOffset, InRawText, Confidence, MentionDocLen, MentionDocTone, MentionDocTranslationInfo, Extras"
)
ACLED = _names(
    "event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type, actor1, assoc_actor_1, inter1, actor2, assoc_actor_2, inter2, "
    "interaction, civilian_targeting, iso, region, country, admin1, admin2, admin3, location, latitude, longitude, geo_precision, source, source_scale, notes, "
    "fatalities, tags, timestamp"
)
PLOVER = _names(
    "id, has_event, date, time, enddate, endtime, actor, recipient, event, event_loc, event_text, quad_code, event_scale, mode, context, link, text, "
    "text_info, cite_info, coder, coded_date, coded_time, comment"
)
PLOVER_ENTITY = _names("code, sector, entity_text, identifier_id, identifier_text, religion, ethnicity, office, gender, age")
PLOVER_LOCATION = _names(
    "extracted_place, resolved_place, geonameid, lat, lon, city, district, province, country, country_code, feature_class, feature_code, resolution"
)
PLOVER_CITE_INFO = _names("corpus, citation, url, title, language, publication, license, copyright, coder, codebook, version")
