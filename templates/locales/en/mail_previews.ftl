### What the mails look like: previews and test mails. The names are made up.

previews-title = What the mails look like
previews-lead = Every kind of mail with made-up data. Your own templates, in the folder templates of the data directory, are used here too.
previews-swedish = Swedish
previews-english = English
previews-subject = Subject
previews-kind-sign-in = Sign in
previews-kind-confirm-need = Confirm a need
previews-kind-weekly-digest = The weekly mail
previews-kind-introduction-asf = A yes, to the ASF
previews-kind-introduction-buyer = A yes, to the buyer
previews-kind-answer-summary = The answers so far, to the buyer
previews-kind-confirm-entry = Confirm an entry of the ledger
previews-kind-invitation = Invitation
previews-kind-follow-up = Follow-up
previews-kind-profile-check = Yearly check of the profile
previews-kind-coordinator-week = The coordinator's week
previews-kind-review = Answer to a review
mail-test-subject = Test: { $subject }
sample-asf = Kulturverkstan
sample-other-asf = Gröna Handen
sample-buyer = Vätterbygg AB
sample-place = Jönköping
sample-need = Cleaning of our office
sample-other-need = Window cleaning twice a year
sample-word = cleaning
sample-note = We can begin in January.
