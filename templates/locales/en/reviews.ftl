### The coordinator reviews needs and profiles.

mail-rules-profiles = New profiles wait for approval before they are shown and get suggestions
reviews-title = Review
reviews-lead = What waits for a yes. What has to wait is decided under
reviews-rules = Mails
reviews-needs = Needs
reviews-no-needs = No needs wait.
reviews-profiles = Profiles
reviews-no-profiles = No profiles wait.
reviews-before = Said before
reviews-said-approve = Approved
reviews-said-change = Asked for a change
reviews-said-reject = No
reviews-say = Your answer
reviews-mailed = The answer is mailed to { $email }.
reviews-not-mailed = We have no e-mail address, so the answer is not mailed.
reviews-verdict = What do you say?
reviews-approve = Approve
reviews-hint-approve = It may be mailed from now on.
reviews-change = Ask for a change
reviews-hint-change = It waits until you have approved it.
reviews-reject = Say no
reviews-hint-reject = It is not mailed.
reviews-words = Your words
reviews-hint-words = They stand in the mail. Needed when you ask for a change or say no.
reviews-send = Send the answer

review-subject-approve = Approved: { $title }
review-subject-change = Could you change this? { $title }
review-subject-reject = We cannot take along: { $title }
review-mail-need-approve = We have read and approved your need:
review-mail-need-change = We have read your need and need your help before we pass it on:
review-mail-need-reject = We have read your need but do not pass it on:
review-mail-profile-approve = We have read and approved your profile:
review-mail-profile-change = We have read your profile and need your help before we show it:
review-mail-profile-reject = We have read your profile but do not show it:
review-mail-words = The coordinator writes:
review-mail-after-approve = It now goes on its way. Here is the page:
review-mail-after-change = Get in touch and tell what it should say instead, and we will change it. Our address stands at the end. Here is the page:
review-mail-after-reject = Have we misunderstood? Get in touch and we will talk. Our address stands at the end. Here is the page:
review-mail-button = Open the page
review-mail-why = You get this mail because your address stands with the need or the profile.

rejected-approval = Unknown state.
rejected-verdict = Choose whether you approve, ask for a change or say no.
rejected-review-words = Write what should be changed, or why you say no.
rejected-review-length = Write at most 1,000 characters.
