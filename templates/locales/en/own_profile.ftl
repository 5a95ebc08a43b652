# An ASF's own profile: what it does, when it rests, what is recorded, and what came of it.

profile-title = Profile of { $name }
profile-public = How others see your page
profile-saved = Saved. New needs that fit are looked for at once.
profile-edit = Change your profile
profile-gains = More needs would fit
profile-gain-resume =
    { $more ->
        [one] End the pause: 1 open need is waiting.
       *[other] End the pause: { $more } open needs are waiting.
    }
profile-gain-codes =
    { $more ->
        [one] Add CPV codes: 1 more open need would fit.
       *[other] Add CPV codes: { $more } more open needs would fit.
    }
profile-gain-larger =
    { $more ->
        [one] Raise your largest job: 1 more open need would fit.
       *[other] Raise your largest job: { $more } more open needs would fit.
    }
profile-gain-county =
    { $more ->
        [one] Work in the whole county: 1 more open need would fit.
       *[other] Work in the whole county: { $more } more open needs would fit.
    }
profile-capabilities = What you do
profile-add = Add something you do
profile-change = Change
profile-remove = Remove
profile-save = Save
profile-field-title = What do you do?
profile-hint-title = Short, for example Office cleaning
profile-field-text = Tell more
profile-hint-text = In your own words. They are used to find needs that fit.
profile-field-people = How many can work at the same time?
profile-field-hours = Hours a week
profile-field-largest = Largest job in SEK
profile-hint-largest = Without VAT. Larger needs are not shown as something you can do alone.
profile-field-earliest = Can begin at the earliest
profile-field-cpv = CPV codes
profile-hint-cpv = Eight digits, with commas between. Skip it if you do not know.
profile-pause = Take a pause
profile-pause-until = Until which day?
profile-pause-hint = Until then you get no new suggestions and no weekly mail.
profile-pause-button = Pause
profile-resume = End the pause
profile-facts-hint = Whoever reserves a procurement wants to know this. It stands on your page with its date. What stood before is kept in the history.
profile-fact-which = Which fact do you want to record?
profile-fact-purpose = The sentence on the purpose
profile-fact-purpose-hint = Word for word from the statutes.
profile-fact-share = Share in per cent
profile-fact-how = How did you count, or which association?
profile-fact-how-hint = For example people or hours, and who is counted.
profile-fact-day = Which day was it true?
profile-fact-save = Record
profile-figures = How it has gone
profile-figure-suggested = Needs that were suggested
profile-figure-open = Waiting for an answer
profile-figure-yes = You answered yes
profile-figure-maybe = You answered maybe
profile-figure-no = You answered no
profile-see-needs = See the needs
profile-see-ledger = See bids, deals and support

rejected-capability-title = Write what you do, at most 120 characters.
rejected-capability-text = Write at most 3,000 characters.
rejected-capability-people = Write the number of people in digits, 1 to 1,000.
rejected-capability-hours = Write the hours in digits, 1 to 40,000.
rejected-capability-largest = Write the amount in whole SEK.
rejected-capability-many = You already have 30 things in the list. Remove one first.
rejected-pause = Choose a day to come, at most two years ahead.
rejected-basis-own = The coordinator records those grounds. Get in touch with them.
