"""Reads the feed and the calendar of a served demo by parsers that are not ours."""

import sys
import urllib.request

import feedparser
import icalendar


def get(url):
    with urllib.request.urlopen(url) as answer:
        return answer.headers, answer.read()


base = sys.argv[1]

headers, body = get(f"{base}/behov.atom")
feed = feedparser.parse(body, response_headers=dict(headers.items()))
assert not feed.bozo, feed.bozo_exception
assert feed.version == "atom10", feed.version
assert feed.feed.title and feed.feed.id and feed.feed.updated_parsed
assert any(link.rel == "self" for link in feed.feed.links)
assert len(feed.entries) >= 10, len(feed.entries)
for entry in feed.entries:
    assert entry.title and entry.id and entry.updated_parsed and entry.link and entry.author, entry
assert len({entry.id for entry in feed.entries}) == len(feed.entries)
again = feedparser.parse(get(f"{base}/behov.atom")[1])
assert [entry.id for entry in again.entries] == [entry.id for entry in feed.entries]

headers, body = get(f"{base}/behov.ics")
assert body.endswith(b"\r\n") and all(len(line) <= 75 for line in body.split(b"\r\n"))
calendar = icalendar.Calendar.from_ical(body)
assert not calendar.errors, calendar.errors
assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
events = list(calendar.walk("VEVENT"))
assert len(events) >= 10, len(events)
for event in events:
    assert not event.errors, event.errors
    assert event["UID"] and event["SUMMARY"] and event["DTSTAMP"].dt.tzinfo and event["DTSTART"].dt.tzinfo
assert len({str(event["UID"]) for event in events}) == len(events)

print(f"feed: {len(feed.entries)} entries; calendar: {len(events)} events; no fault")
