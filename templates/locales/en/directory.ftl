# Find ASF: search, filters, map, looking up a number, and what is recorded about an ASF.

directory-distance = How near?
directory-works-there = Works there
directory-within = Based within { $km } km
directory-cpv = CPV code
directory-chosen = (chosen, remove)
directory-total =
    { $count ->
        [0] No ASF
        [one] 1 ASF
       *[other] { $count } ASF
    }
directory-in-order = In alphabetical order.
directory-to-filter = To the filters
directory-km = { $km } km away
directory-save = Save the list:
directory-or = or
directory-number-link = Look up an organisation number
directory-clear = Remove all filters
directory-filter = Narrow down
directory-map = Where?
directory-map-hint = Schematic map. The figure is how many work there.
directory-map-list = The municipalities as a list
directory-sector = What?
directory-more-sectors =
    { $count ->
        [one] 1 more trade
       *[other] { $count } more trades
    }
directory-people = How many can work at the same time?
directory-people-least = At least { $count } people
directory-reserved = Reserved procurement
directory-reserved-hint = Purpose and share from the group are recorded, with a date. You judge whether it is enough.
directory-reserved-choice = Has recorded facts
directory-number-title = Is it an ASF?
directory-number-lead = Enter an organisation number to see whether it belongs to an ASF listed here.
directory-number-hint = For example 556000-4615
directory-number-button = Look up
directory-number-yes = { $number } is listed here
directory-number-no = { $number } is not listed here
directory-number-no-text = It may still be an ASF. We do not look up numbers that belong to a person.

asf-basis = On what grounds?
asf-basis-self-declared = Own statement
asf-basis-association = Member of an association of ASF
asf-basis-skoopi-list = On Skoopi’s list of ASF
asf-basis-certified = Certified
asf-facts = Facts about the enterprise
asf-facts-hint = These are recorded facts with a date. The buyer judges whether they are enough.
asf-fact-basis = Grounds for being called an ASF
asf-fact-basis-none = Own statement, undated
asf-fact-purpose = Purpose in the statutes
asf-fact-share = Share of people occupied who come from the group
asf-fact-percent = { $percent } per cent
asf-fact-as-of = recorded { $date }
asf-fact-missing = Not recorded
asf-similar = Others that do similar things
asf-table-name = ASF
asf-column-name = Name
asf-column-org-no = Organisation number
asf-column-seat = Based in
asf-column-area = Works in
asf-column-capabilities = Does
asf-column-people = People at a time
asf-column-basis = Grounds
asf-column-website = Website
asf-column-page = Page

rejected-basis = Choose on what grounds the enterprise is an ASF.
rejected-fact-kind = Choose which fact it is.
rejected-fact-purpose = Write the sentence on the purpose, at most 1,000 characters.
rejected-fact-share = Write the share in whole per cent, from 0 to 100.
rejected-fact-how = Write how you counted.
rejected-fact-how-length = Write at most 1,000 characters.
rejected-fact-day = Write the day it was true, for example 2026-03-01. It cannot be a day yet to come.
