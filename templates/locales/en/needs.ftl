# What the pages about needs, lots and suggestions say.

needs-list-title = See needs
needs-list-words = What are you looking for?
needs-list-asked = The best matches come first.
needs-list-all = The latest come first.
needs-list-empty = We found no open need
needs-list-see-all = See all open needs
needs-deadline = Answer by { $date }
needs-lots =
    { $count ->
        [one] 1 lot
       *[other] { $count } lots
    }
needs-reserved = Reserved
needs-planned = Planned, not open for answers yet
needs-kind-request = Request
needs-kind-tender = Procurement
needs-kind-direct-award = Direct award
needs-status-unconfirmed = Not confirmed
needs-status-open = Open
needs-status-planned = Planned
needs-status-closed = Closed
needs-early-signal = No time for bids yet. This is an early signal: the buyer is planning and has not asked for bids.
needs-just-confirmed = Thank you! The need is open, and the enterprises it suits will get it.
needs-terms-heading = Time, place and terms
needs-lots-heading = The procurement has { $count } lots
needs-notice = Official notice
needs-notice-link = Read the official notice
needs-notice-rules = The notice is what counts. Tenders are handed in there, not here.
needs-notice-missing = We have no link to the notice. Search for the title in a registered notice database: the notice is what counts.
needs-direct-award = The buyer makes a direct award, without a notice. Those who are interested answer in the weekly mail.
needs-interested = Are you a social enterprise?
needs-interested-text = If the need suits you, it comes in your weekly mail. There you answer yes, maybe or no.
needs-pairings =
    { $count ->
        [one] 1 enterprise suits
       *[other] { $count } enterprises suit
    }
needs-pairings-own = Your suggestion
needs-no-pairings = No enterprise suits yet. When a new one does you will see it here.
needs-declined =
    { $count ->
        [one] One enterprise has declined.
       *[other] { $count } enterprises have declined.
    }
needs-declined-reasons = Reasons:

lot-deadline = Answer by
lot-no-deadline = No last day
lot-past = The time has run out
lot-days-left =
    { $days ->
        [0] last day today
        [one] 1 day left
       *[other] { $days } days left
    }
lot-deadline-doubtful = The notice gives two different times. We show the earlier. Check the notice.
lot-place = Place
lot-value = Estimated value
lot-value-note = excluding VAT
lot-period = When
lot-from-to = { $from } to { $to }
lot-from = from { $from }
lot-to = until { $to }
lot-reservation = Who may tender?
lot-reservation-none = Every supplier.
lot-reservation-sheltered-or-integration = Only sheltered workshops and suppliers whose main purpose is social and professional integration. At least 30 per cent of the people occupied there must belong to the group. (LOU, chapter 4, section 18)
lot-reservation-sheltered-programme = Those who can have the work done within a programme for sheltered employment. At least 30 per cent of the people occupied there must belong to the group. (LOU, chapter 4, section 18)
lot-reservation-participatory = Only organisations with a public-service aim that reinvest their profit and let staff or users take part in decisions. The contract may last three years at most. (LOU, chapter 19, section 25)
lot-reservation-nonprofit = Only registered purpose-driven organisations. (LOU, chapter 19, section 25 a)
lot-social = Social considerations
lot-social-employment = Work for people far from the labour market (LOU, chapter 17, section 1)
lot-social-dialogue = Dialogue about employment
lot-social-award-criterion = Counts when tenders are compared
lot-social-reservation = The procurement is reserved
lot-social-direct-purchase-stated = Stated in the record of the direct purchase
lot-social-unclear = The notice names a social aim but not which
lot-cpv = CPV code
lot-closed-awarded = Decided
lot-closed-no-winner = Ended without a winner
lot-closed-cancelled = Called off by the buyer
lot-winners =
    { $count ->
        [one] Winner
       *[other] Winners ({ $count })
    }
lot-winner-shared = together with others
lot-deadline-raw = The time as the notice writes it
lot-dis = Dynamic purchasing system
lot-dis-yes = Yes. New suppliers can apply as long as it is open.
lot-framework = Framework agreement
lot-framework-competition = Yes, with a new round of competition for each purchase.
lot-framework-direct = Yes, without a new round of competition.
lot-framework-mixed = Yes, sometimes with a new round of competition.
lot-framework-unspecified = Yes.
lot-length = How long
lot-length-days =
    { $number ->
        [one] one day
       *[other] { $number } days
    }
lot-length-weeks =
    { $number ->
        [one] one week
       *[other] { $number } weeks
    }
lot-length-months =
    { $number ->
        [one] one month
       *[other] { $number } months
    }
lot-length-years =
    { $number ->
        [one] one year
       *[other] { $number } years
    }
lot-length-unlimited = Until further notice
lot-sme = Smaller companies
lot-sme-yes = The buyer says that it suits small and medium-sized companies.
lot-objectives = Social aims
lot-objective-acc-all = Accessibility for all
lot-objective-et-eq = Equal rights whatever the ethnic background
lot-objective-gen-eq = Gender equality
lot-objective-hum-right = Human rights in the supply chain
lot-objective-opp = Work for the long-term unemployed and others far from the labour market
lot-objective-other = Another social aim
lot-objective-work-cond = Fair working conditions
lot-strategy = What the buyer wants to achieve
lot-performance = Terms for the work
lot-note = More information
lot-documents = Documents
lot-documents-link = Open the documents
lot-tender = Bids
lot-tender-link = Bids are handed in here

why-more =
    { $count ->
        [one] Show 1 more reason
       *[other] Show { $count } more reasons
    }

pairing-strength-strong = Suits well
pairing-strength-possible = May suit
pairing-state-suggested = Not answered
pairing-state-yes = Yes
pairing-state-maybe = Maybe
pairing-state-no = No
pairing-state-withdrawn = No longer suits
pairing-declined-because = Reason:
pairing-deal-link = What did it lead to?

needs-new-title = Post a need
needs-new-lead = It takes about three minutes. You need no account, but you confirm by mail.
needs-new-what = What do you need?
needs-new-field-title = The need in short
needs-new-hint-title = For example “Cleaning of an office twice a week”
needs-new-field-text = Describe what is to be done
needs-new-hint-text = How much, how often, and anything special to know.
needs-new-field-value = Approximate value in kronor, excluding VAT
needs-new-hint-value = Count the whole time, extensions included. It spares those who are too small or too large from saying no.
needs-new-where = Where and when?
needs-new-field-place = Where is it to be done?
needs-new-choose-place = Choose a place
needs-new-field-deadline = When do you want answers at the latest?
needs-new-hint-deadline = Give them a week at least. The weekly mail goes out on Tuesdays.
needs-new-field-start = First day of the work
needs-new-field-end = Last day of the work
needs-new-who = Who are you?
needs-new-field-kind = What kind of buyer are you?
needs-new-kind-private = Company
needs-new-kind-public = Municipality, region, authority or publicly owned company
needs-new-hint-public = Samhandla is not a registered notice database. If the purchase must be advertised we need the link to the notice.
needs-new-kind-nonprofit = Association or other purpose-driven organisation
needs-new-field-name = Name of the organisation
needs-new-field-org-no = Organisation number
needs-new-hint-org-no = For example 559900-1236
needs-new-field-url = Link to the official notice
needs-new-hint-url = Only for an advertised procurement.
needs-new-field-email = Your e-mail address
needs-new-hint-email = The confirmation and the answers go here. Only those who say yes see the address.
needs-new-button = Send the need

needs-received-title = Check your mail
needs-received-lead = We have sent a link to { $email }. Follow it to open the need.
needs-received-why = We do so that nobody can post something in your name. The link works for seven days.
needs-received-missing = No mail? Look among the junk, or fill in the need again with the right address.
needs-received-onward = See the needs of others meanwhile

needs-confirm-title = Is this right?
needs-confirm-lead = Press the button to show the need to everyone. The enterprises it suits will get it.
needs-guess-trades = We understand it as: { $trades }.
needs-guess-choose = Does any of these codes fit?
needs-guess-hint = This is CPV, the EU’s codes for what is bought. Tick what is right, and the right enterprises find the need. No tick is fine too.
needs-guessed = Guessed codes. The buyer has not chosen them, and the suggestions do not use them:
needs-confirm-button = Confirm and open the need

rejected-title-empty = Write what the need is about
rejected-title-length = Shorten the heading to 120 characters at most
rejected-text-empty = Describe what is to be done
rejected-text-length = Shorten the description to 5,000 characters at most
rejected-value = Write the value in digits, for example 150 000
rejected-value-over-limit = Purchases of 700,000 kronor or more must be advertised. Add the link to the notice.
rejected-place-empty = Choose where it is to be done
rejected-date = Write the date as year, month, day, for example 2027-03-01
rejected-deadline-empty = Write when you want answers at the latest
rejected-deadline-past = Choose a day that has not been
rejected-end-before-start = The last day comes before the first
rejected-buyer-kind-empty = Choose what kind of buyer you are
rejected-buyer-name-empty = Write the name of the organisation
rejected-buyer-name-length = Shorten the name to 200 characters at most
rejected-url = The link must begin with https://
