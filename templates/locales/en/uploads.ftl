# Uploading files of ASF and needs: what the file would do, and the button that does it.

uploads-nav = Take in
uploads-title-asf = Take in social enterprises
uploads-title-needs = Take in needs
uploads-lead = Choose a file. First we show what it would change. Nothing is saved until you say so.
uploads-other = Other files
uploads-taken =
    Done. { $created ->
        [one] 1 new
       *[other] { $created } new
    }, { $updated ->
        [one] 1 changed
       *[other] { $updated } changed
    }, { $unchanged ->
        [one] 1 as before.
       *[other] { $unchanged } as before.
    }
uploads-taken-rejected =
    { $count ->
        [one] 1 could not be read. It is in quarantine.
       *[other] { $count } could not be read. They are in quarantine.
    }
uploads-template = A file to fill in
uploads-template-text = It has every column and one example row. A file of your own with other headings is fine too.
uploads-template-xlsx-asf = File for social enterprises, Excel
uploads-template-csv-asf = File for social enterprises, CSV
uploads-template-xlsx-needs = File for needs, Excel
uploads-template-csv-needs = File for needs, CSV
uploads-choose = Your file
uploads-file = File
uploads-file-hint-asf = Excel (.xlsx), CSV or JSON. At most 10 MB and 5,000 enterprises.
uploads-file-hint-needs = Excel (.xlsx), CSV, JSON, notices in XML, a feed or a zip file of these. At most 10 MB and 5,000 needs.
uploads-look = Show what the file would do
uploads-look-title = This is what { $name } would do
uploads-look-lead = Nothing is saved yet. The file waits here for a day.
uploads-created = New
uploads-updated = Change
uploads-unchanged = As before
uploads-rejected = Cannot be read
uploads-skipped = Other, passed over
uploads-twins =
    { $count ->
        [one] 1 need is here already from another source. It stays as it is, and the difference is shown in quarantine.
       *[other] { $count } needs are here already from another source. They stay as they are, and the differences are shown in quarantine.
    }
uploads-take = Take the file in
uploads-dismiss = Throw the file away
uploads-refused =
    { $count ->
        [one] 1 cannot be read
       *[other] { $count } cannot be read
    }
uploads-refused-text = The rest can be taken in all the same. These go to quarantine, where you can try again.
uploads-changes =
    { $count ->
        [one] 1 changes
       *[other] { $count } change
    }
uploads-changed-otherwise = { $name }: only what is not shown here changes.
uploads-new =
    { $count ->
        [one] 1 new
       *[other] { $count } new
    }
uploads-more = And { $count } more.
uploads-headings = Headings of the file
uploads-headings-text = This is how we read the headings. Change what is wrong. We remember it for the next file with the same ones.
uploads-unread =
    { $count ->
        [one] 1 heading is not read.
       *[other] { $count } headings are not read.
    }
uploads-heading = “{ $name }” means
uploads-heading-none = Do not read
uploads-headings-save = Save and show again

privacy-what-files = When a file cannot be read: the rows that were wrong, just as they stood. They are in quarantine, where only staff see them, for at most 90 days after the last try. An uploaded file that nobody takes in is thrown away after a day.

rejected-upload-empty = Choose a file. This one is empty.
rejected-upload-size = The file is larger than 10 MB. Divide it into several.
rejected-upload-type = This is no file that we can read. Save it as Excel (.xlsx) or CSV and try again.
rejected-upload-nothing = We found nothing to read in the file.
rejected-upload-records = The file has more than 5,000 records. Divide it into several.
rejected-upload-kind = Say whether the file is about social enterprises or needs.

file-place-row = Row { $row }
file-place-rows = Row { $first } to { $last }
file-place-file = The whole file
file-place-notice = The notice

difference-name = Name
difference-legal-form = Legal form
difference-municipality = Seat
difference-website = Website
difference-email = E-mail
difference-area = Works in
difference-capabilities = Can do
difference-title = Title
difference-text = Description
difference-buyer = Buyer
difference-kind = Kind
difference-status = State
difference-url = Link
difference-lots = Number of lots
difference-deadline = Last day
difference-value = Value in kronor
difference-cpv = CPV codes
difference-place = Place
difference-in-lot = { $field }, { $lot }

column-org-no = Organisation number
column-unit = Unit
column-name = Name
column-legal-form = Legal form
column-municipality = Municipality
column-postal-code = Postal code
column-website = Website
column-email = E-mail
column-area = Works in
column-capability-title = Can do, title
column-capability-text = Can do, description
column-cpv = CPV codes
column-people = Number of people
column-hours-per-week = Hours a week
column-max-value-sek = Largest job in kronor
column-earliest-start = Can begin
column-external-id = Id of the sender
column-kind = Kind: request, tender or direct_award
column-title = Title
column-text = Description
column-buyer-name = Buyer
column-buyer-org-no = Organisation number of the buyer
column-buyer-kind = Kind of buyer: private, public or nonprofit
column-nuts = Place as NUTS code
column-value-sek = Value in kronor
column-deadline = Last day
column-start = Begins
column-end = Ends
column-reservation = Reserved
column-url = Link
column-lot = Lot
column-published = Published
